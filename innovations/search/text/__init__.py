"""Vietnamese on paper and under the fingers: syllables, folding, abbreviations, keys of Telex and VNI.  Knows no index."""
