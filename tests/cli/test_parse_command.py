"""`parse`: one compact JSON line a file, whatever is in it."""

from __future__ import annotations

import json
from pathlib import Path

from cli.running import Cli

INQUIRY = """\
From: =?utf-8?q?Ana_Ruiz?= <ana@valvulas.example>
To: rep@ningbo.example
Cc: boss@valvulas.example
Subject: Ball valves DN50
Date: Mon, 23 Nov 2026 09:00:00 +0100
Message-ID: <q1@valvulas.example>
In-Reply-To: <q0@ningbo.example>
References: <a@ningbo.example> <q0@ningbo.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Please quote 500 pcs, 报价.
""".replace("\n", "\r\n").encode()

FIELDS = {
    "file", "message_id", "in_reply_to", "references", "date", "subject", "from", "reply_to", "to", "cc", "kind",
    "kind_signals", "purpose", "gist", "language", "body", "reply", "quoted_lines", "signature", "attachments", "bounce",
    "courier", "inquiry", "authentication", "warnings", "charset_fallback", "defects",
}  # fmt: skip


def written(path: Path, raw: bytes) -> str:
    path.write_bytes(raw)
    return str(path)


def test_a_mail(nowhere: Cli, tmp_path: Path) -> None:
    file = written(tmp_path / "q1.eml", INQUIRY)
    answer = nowhere.ok("parse", file)
    assert answer.out.count("\n") == 1
    assert '": ' not in answer.out.partition('"body"')[0]  # compact
    found = answer.json
    assert set(found) >= FIELDS
    assert found["file"] == file
    assert found["message_id"] == "q1@valvulas.example"
    assert found["in_reply_to"] == "q0@ningbo.example"
    assert found["references"] == ["a@ningbo.example", "q0@ningbo.example"]
    assert found["from"] == {"name": "Ana Ruiz", "address": "ana@valvulas.example"}
    assert found["cc"] == [{"name": "", "address": "boss@valvulas.example"}]
    assert found["kind"] == "human"
    assert "报价" in found["body"]
    assert found["bounce"] is None


def test_json_changes_nothing(nowhere: Cli, tmp_path: Path) -> None:
    file = written(tmp_path / "q1.eml", INQUIRY)
    assert nowhere.ok("parse", file, "--json").out == nowhere.ok("parse", file).out


def test_one_line_a_file_also_where_one_is_missing(nowhere: Cli, tmp_path: Path) -> None:
    files = [
        written(tmp_path / "q1.eml", INQUIRY),
        str(tmp_path / "missing.eml"),
        written(tmp_path / "empty.eml", b""),
        written(tmp_path / "noise.eml", bytes(range(256)) * 40),
        written(tmp_path / "cut.eml", b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Ty'),
    ]
    answer = nowhere("parse", *files)
    found = [json.loads(line) for line in answer.out.splitlines()]
    assert [each["file"] for each in found] == files
    assert answer.code == 1
    assert set(found[1]) == {"file", "error"}
    assert all("error" not in each for each in (found[0], *found[2:]))
    assert "Traceback" not in answer.err


def test_a_directory_is_no_mail(nowhere: Cli, tmp_path: Path) -> None:
    answer = nowhere("parse", str(tmp_path))
    assert answer.code == 1
    assert set(answer.json) == {"file", "error"}


def test_a_reader_that_leaves_early_is_no_failure_to_talk_about(nowhere: Cli, tmp_path: Path) -> None:
    import os
    import subprocess
    import sys

    file = written(tmp_path / "q1.eml", INQUIRY)
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "mailcrm", "parse", *[file] * 300], stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert done.stderr == b""
    assert done.returncode == 141
