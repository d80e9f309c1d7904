"""Sheets as DOCX, written part by part: real headings, the language, A4, a list that is a list, a title in the properties.

A sheet holds no pictures, so there is nothing that would need a text in their place. The few parts that a word processor
needs are fewer than any package that makes them."""

from datetime import UTC, datetime
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from heed.documents.sheets.sheet import LANGUAGE, Block, Sheet, paragraphs

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
CONTENT_TYPE = f"{WORD}.document"
STYLES = {"heading": "Heading2", "text": "", "quote": "Quote", "list": "ListBullet"}
BULLET = 1


def of_sheet(sheet: Sheet, at: datetime) -> bytes:
    """The same values at the same moment give the same bytes."""
    parts = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _relations(
            ("officeDocument", f"{OFFICE}/officeDocument", "word/document.xml"),
            ("core", f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _properties(sheet, at),
        "word/_rels/document.xml.rels": _relations(
            ("styles", f"{OFFICE}/styles", "styles.xml"),
            ("numbering", f"{OFFICE}/numbering", "numbering.xml"),
            ("footer", f"{OFFICE}/footer", "footer1.xml"),
        ),
        "word/document.xml": _document(sheet),
        "word/styles.xml": _styles(sheet.colour.lstrip("#")),
        "word/numbering.xml": _numbering(),
        "word/footer1.xml": _part("ftr", _paragraph(sheet.foot, "Footer")),
    }
    stamp = at.astimezone(UTC).timetuple()[:6]
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(ZipInfo(name, stamp), text.encode(), ZIP_DEFLATED)
    return packed.getvalue()


def _document(sheet: Sheet) -> str:
    body = [_paragraph(sheet.organisation, "Organisation"), _paragraph(sheet.title, "Heading1")]
    for block in sheet.blocks:
        body += [_paragraph(text, STYLES[block.kind]) for text in _texts(block)]
    page = (
        '<w:sectPr><w:footerReference w:type="default" r:id="footer"/><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1021" w:right="1247" w:bottom="1021" w:left="1247" w:header="567" w:footer="567" w:gutter="0"/>'
        "</w:sectPr>"
    )
    return _part("document", f"<w:body>{''.join(body)}{page}</w:body>")


def _texts(block: Block) -> list[str]:
    return list(block.lines) if block.kind == "list" else paragraphs(block.text)


def _part(name: str, inner: str) -> str:
    return f'{HEAD}<w:{name} xmlns:w="{MAIN}" xmlns:r="{OFFICE}">{inner}</w:{name}>'


def _paragraph(text: str, style: str) -> str:
    shape = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{shape}<w:r><w:t xml:space="preserve">{escape(_clean(text))}</w:t></w:r></w:p>'


def _clean(text: str) -> str:
    """Without the characters that XML cannot carry."""
    return "".join(letter for letter in text if letter >= " " or letter in "\t\n")


def _styles(colour: str) -> str:
    fonts = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial" w:eastAsia="Arial"/>'
    base = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val="23"/><w:szCs w:val="23"/>'
        f'<w:lang w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}" w:bidi="{LANGUAGE}"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    )
    number = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{BULLET}"/></w:numPr>'
    named = [
        ("Organisation", "Organisation", "", f'<w:b/><w:color w:val="{colour}"/>'),
        ("Heading1", "heading 1", '<w:keepNext/><w:spacing w:before="120" w:after="160"/><w:outlineLvl w:val="0"/>',
         '<w:b/><w:sz w:val="40"/><w:szCs w:val="40"/>'),
        ("Heading2", "heading 2", '<w:keepNext/><w:spacing w:before="240" w:after="80"/><w:outlineLvl w:val="1"/>',
         f'<w:b/><w:color w:val="{colour}"/><w:sz w:val="26"/><w:szCs w:val="26"/>'),
        ("Quote", "Quote", '<w:ind w:left="567" w:right="567"/>', ""),
        ("ListBullet", "List Bullet", number, ""),
        ("Footer", "footer", "", '<w:sz w:val="18"/><w:szCs w:val="18"/>'),
    ]  # fmt: skip
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>'
        '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/>'
        f"<w:qFormat/><w:pPr>{shape}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
        for key, name, shape, letters in named
    )
    return _part("styles", base + styles)


def _numbering() -> str:
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="425" w:hanging="283"/></w:pPr></w:lvl>'
    )
    return _part(
        "numbering",
        f'<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>{level}</w:abstractNum>'
        f'<w:num w:numId="{BULLET}"><w:abstractNumId w:val="0"/></w:num>',
    )


def _properties(sheet: Sheet, at: datetime) -> str:
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    stamps = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>' for name in ("created", "modified")
    )
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(_clean(sheet.title))}</dc:title><dc:creator>{escape(_clean(sheet.organisation))}</dc:creator>"
        f"<dc:language>{LANGUAGE}</dc:language>{stamps}</cp:coreProperties>"
    )


def _types() -> str:
    kinds = {
        "/word/document.xml": f"{WORD}.document.main+xml", "/word/styles.xml": f"{WORD}.styles+xml",
        "/word/numbering.xml": f"{WORD}.numbering+xml", "/word/footer1.xml": f"{WORD}.footer+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }  # fmt: skip
    own = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types">{rels}<Default Extension="xml" ContentType="application/xml"/>{own}'
        "</Types>"
    )


def _relations(*relations: tuple[str, str, str]) -> str:
    own = "".join(f'<Relationship Id="{key}" Type="{kind}" Target="{to}"/>' for key, kind, to in relations)
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{own}</Relationships>'
