"""What stands in the Whoosh files.  Stock field classes only: Whoosh pickles the schema with their paths.

==========  =====================================================================================================
``x``       canonical syllables: for queries typed with accents
``f``       folded syllables: for queries without any accent
``fb``      folded bigrams: neighbours rank higher, and phrases are looked up by them
``ax``      canonical syllables of attached files, ``af`` folded ones: apart, for files are long and count for less
``k``       keys (``field=…``, ``token=…``, ``unit~…``): filters, facets and rights are all read from their postings
``doc``     what a hit shows: code, title and the texts that highlights are cut from
``seq``     canonical syllables in reading order: phrases are verified on it
``shorts``  what is written in capitals like an abbreviation, folded: for comparing texts
``fseq``    the same of the files, ``fbare`` without accents: phrases are verified and passages found on them
``files``   names and texts of the files, packed in blocks: read only for hits that show a passage of one
numbers     columns read as whole arrays: ``id``, ``digest``, ``day``, ``adoptions``, ``documented``, and the sorting key ``title``
==========  =====================================================================================================
"""

from __future__ import annotations

import whoosh
from whoosh import columns, fields
from whoosh.analysis import IDAnalyzer
from whoosh.codec.whoosh3 import W3Codec

from innovations.search.files.terms import FILES, SORT_KEY_BYTES

#: Raise it whenever the files or the analysis change: indexes with another number are rebuilt.
FORMAT = 10
#: Fields scored by BM25.
SCORED = ("x", "f", "fb", *FILES.values())
INDEX_NAME = "MAIN"
#: Columns of what is kept of files; empty for a document without any.
FILE_COLUMNS = ("fseq", "fbare", "files")
#: Column → big-endian numpy type, as Whoosh writes it.
NUMBERS = {"id": ">i8", "digest": ">i8", "day": ">i4", "adoptions": ">i4", "documented": ">i1"}
_TYPECODES = {">i8": "q", ">i4": "i", ">i1": "b"}


#: The versions whose files are read and written as arrays; with another one Whoosh's own searcher answers.
KNOWN_WHOOSH = ((2, 7, 4), (2, 7, 5))


def whoosh_is_known() -> bool:
    """Whether the installed Whoosh is one of :data:`KNOWN_WHOOSH`."""
    return tuple(whoosh.__version__) in KNOWN_WHOOSH


def schema() -> fields.Schema:
    """The schema, the same for writing and for reading."""
    by_name = {name: fields.TEXT(phrase=False, analyzer=IDAnalyzer()) for name in SCORED}
    by_name["k"] = fields.ID()
    by_name["doc"] = fields.STORED()
    for name in ("seq", "shorts", *FILE_COLUMNS):
        by_name[name] = fields.COLUMN(columns.VarBytesColumn())
    by_name["title"] = fields.COLUMN(columns.FixedBytesColumn(SORT_KEY_BYTES))
    for name, dtype in NUMBERS.items():
        by_name[name] = fields.COLUMN(columns.NumericColumn(_TYPECODES[dtype]))
    return fields.Schema(**by_name)


def codec() -> W3Codec:
    """Blocks of 1,024 postings: arrays are decoded block by block, and larger blocks cost fewer steps."""
    return W3Codec(blocklimit=1024, compression=1)
