"""The screens that people work in: everything is asked of and told to the core, nothing else is touched."""
