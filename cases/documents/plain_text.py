"""The words of a paper in reading order: what the preview, the PDF and the .docx must all say."""

from collections.abc import Iterator

from cases.documents.paper import (
    ABSTRACT_MARK,
    ASTERISK,
    PARTY_TITLE,
    RECIPIENTS_TITLE,
    BlockView,
    Paper,
    SignatureView,
    TableView,
)


def plain_text(paper: Paper) -> str:
    """One line per printed line of thought; page numbers are not part of it."""
    return "\n".join(line for line in _lines(paper) if line.strip())


def _head_left(paper: Paper) -> tuple[str, ...]:
    """Lines of the left header, empty ones left out."""
    asterisk = ASTERISK if paper.issuer else ""
    found = (
        paper.superior, paper.issuer, asterisk, paper.symbol, paper.secrecy, paper.urgency, paper.draft,
        paper.letter_abstract,
    )  # fmt: skip
    return tuple(filter(None, found))


def _lines(paper: Paper) -> Iterator[str]:
    yield from _head_left(paper)
    yield from (PARTY_TITLE, paper.place_date)
    yield from (paper.type_name, paper.abstract, ABSTRACT_MARK if paper.abstract else "")
    for block in paper.blocks:
        yield from _block(block)
    if len(paper.signatures) > 1:
        yield from _signatures(paper)
        yield from _recipients(paper)
    else:
        yield from _recipients(paper)
        yield from _signatures(paper)


def _block(block: BlockView) -> Iterator[str]:
    if isinstance(block, TableView):
        yield block.caption
        yield from block.columns
        for row in block.rows:
            yield from row
    else:
        yield block.text


def _recipients(paper: Paper) -> Iterator[str]:
    if paper.recipients:
        yield RECIPIENTS_TITLE
        yield from paper.recipients


def _signatures(paper: Paper) -> Iterator[str]:
    for signature in paper.signatures:
        yield from _signature_lines(signature)


def _signature_lines(signature: SignatureView) -> tuple[str, ...]:
    return tuple(filter(None, (signature.line1, signature.title, signature.note, signature.name)))
