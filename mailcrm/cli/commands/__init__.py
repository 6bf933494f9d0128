"""The command groups; `parser.GROUPS` names them in the order of the help page.

Each has `register(app)`. Functions import what is heavy inside; help texts are sentences of the moment the module is
imported in, which is after the language was installed.
"""
