"""The façade of the house and the pipeline behind it: people's rooms ask and do through `facade`, and through nothing else.

Nothing is imported here: settings are read without the rest.
"""
