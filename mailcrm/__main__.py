"""`python -m mailcrm` is `mailcrm`."""

from mailcrm.cli import main

main()
