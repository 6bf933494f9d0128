"""What quotes make of mails and of time, one file each: mails heard, mails that left or came back, days that passed.

Room: rules. `rules.sequences.quotes` hands them to the pipeline.
"""
