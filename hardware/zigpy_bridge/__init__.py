"""A coordinator dongle driven through zigpy's radio libraries, as the radio of an emulated hub.

zigpy and bellows are GPL: only `host_process` imports them, and it is a program of its own that
reads and writes lines of JSON.
"""
