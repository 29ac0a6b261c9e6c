"""What lies on the disk: Whoosh's files, our arrays beside them, generations and their checksums; reading, writing, merging."""
