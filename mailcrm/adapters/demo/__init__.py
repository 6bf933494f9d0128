"""The demo: mail servers that live in this process, and the made-up week of an export rep that lies on them."""
