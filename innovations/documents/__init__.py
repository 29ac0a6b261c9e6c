"""Bytes and text: files by their digest, what may be uploaded, official papers as PDF.

Storage keeps each content once; ``sniff`` says whether a file may come in at all; ``papers`` makes what is printed and signed.
It knows no proposal and no board: features hand over plain values.
"""
