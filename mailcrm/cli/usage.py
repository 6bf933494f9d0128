"""Wrong usage in sentences: what typer found wrong with a line, said in the language of the moment.

Room: cli. In: typer's exceptions. Out: UsageError with the mend. typer carries its own copy of click in a private
package; its exact minor release is pinned, and a test runs each of these cases.
"""

from __future__ import annotations

import typer
from typer._click.core import Parameter
from typer._click.exceptions import (
    BadOptionUsage,
    BadParameter,
    MissingParameter,
    NoSuchOption,
)
from typer._click.exceptions import UsageError as TypersUsageError
from typer.core import TyperArgument, TyperOption

from mailcrm.domain.errors import UsageError
from mailcrm.domain.words import Sentence, say

__all__ = ["name_of", "translated", "unknown_command", "unwanted"]


def translated(error: typer.TyperException) -> UsageError:
    """Return the same error as a sentence of ours, with the way to the right help page."""
    return UsageError(_sentence(error), _hint(error))


def unknown_command(name: str, known: list[str], path: str) -> UsageError:
    """Return the error of a command that isn't there, with the one that was probably meant."""
    from difflib import get_close_matches

    close = get_close_matches(name, known, n=1)
    if close:
        hint = say("Did you mean `{path} {command}`?", path=path, command=close[0])
    else:
        hint = say("`{path} --help` lists the commands.", path=path)
    return UsageError(say("There is no command {command}.", command=name), hint)


def unwanted(word: str, path: str) -> UsageError:
    """Return the error of words that no argument takes."""
    return UsageError(say("Nothing takes the word {word} here.", word=word), _help(path))


def _sentence(error: typer.TyperException) -> Sentence:
    if isinstance(error, NoSuchOption):
        return say("There is no option {option} here.", option=error.option_name)
    if isinstance(error, MissingParameter):
        return say("{name} is missing.", name=name_of(error.param) if error.param else "")
    if isinstance(error, BadParameter):
        return _bad_value(error)
    if isinstance(error, BadOptionUsage):
        # Switches given a value never come here with a missing one: the two are told apart by typer's English.
        if "does not take" in error.message:
            return say("The option {option} takes no value.", option=error.option_name)
        return say("The option {option} needs a value.", option=error.option_name)
    return Sentence("{text}", {"text": error.format_message()})


def _bad_value(error: BadParameter) -> Sentence:
    parameter = error.param
    if not isinstance(parameter, TyperArgument | TyperOption):
        return say("{name} can't be read: {problem}", name=error.param_hint or "", problem=error.message)
    if parameter.type_descriptor.is_choice:
        choices = ", ".join(str(choice) for choice in parameter.type_descriptor.choices or ())
        return say("{name} is one of these: {choices}.", name=name_of(parameter), choices=choices)
    if parameter.min is not None:
        return say("{name} is a whole number, at least {least}.", name=name_of(parameter), least=parameter.min)
    return say("{name} can't be read: {problem}", name=name_of(parameter), problem=error.message)


def name_of(parameter: Parameter) -> str:
    """Return what the help page calls it: THREAD, --limit."""
    if parameter.param_type_name == "argument":
        return parameter.metavar or str(parameter.name).upper()
    return max(parameter.opts, key=len)


def _hint(error: typer.TyperException) -> Sentence | None:
    if not isinstance(error, TypersUsageError) or error.ctx is None:
        return None
    if isinstance(error, NoSuchOption) and error.possibilities:
        return say("Did you mean {option}?", option=error.possibilities[0])
    return _help(error.ctx.command_path)


def _help(path: str) -> Sentence:
    return say("`{path} --help` shows how it is used.", path=path)
