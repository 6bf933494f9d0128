"""Answers as pages: one self-contained HTML file each, with nothing in it that runs or is fetched.

Room: cli. A page is a Jinja2 template beside its module; every value is escaped, charts are drawn as inline SVG.
"""
