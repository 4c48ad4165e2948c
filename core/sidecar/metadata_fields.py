"""The fields of a metadata template: IPTC Core and Extension in XMP (IPTC Photo Metadata Standard 2023.2).

Which properties they are, and in which form, stands in that standard's tables; the numbers of the older IPTC records
(IIM 4.2) are those it maps them to.
"""

from dataclasses import dataclass
from enum import Enum, auto

from core.language import mark
from core.sidecar.xmp_namespaces import (
    CAPTION_WRITER,
    CITY,
    CONTACT_EMAIL,
    CONTACT_PHONE,
    CONTACT_WEBSITE,
    COUNTRY,
    CREATOR,
    CREATOR_TITLE,
    CREDIT,
    DESCRIPTION,
    EVENT,
    HEADLINE,
    INSTRUCTIONS,
    JOB,
    LOCATION,
    PERSONS,
    RIGHTS,
    SOURCE,
    STATE,
    SUBJECT,
    TITLE,
    USAGE_TERMS,
    Name,
)


class Form(Enum):
    """How a value stands in a packet."""

    TEXT = auto()
    LANGUAGES = auto()  # an rdf:Alt of one text in languages; ours is the default
    ORDERED = auto()  # an rdf:Seq
    BAG = auto()
    ADDED = auto()  # an rdf:Bag that is only added to
    PART = auto()  # of the structure of contact information


@dataclass(frozen=True, slots=True)
class MetadataField:
    """One field.

    Attributes:
        word: as files of templates and the command line call it.
        title: as the window calls it.
        name: the property.
        record: of the older IPTC records, 0 where there is none.
        exif: the tag of the same meaning, "" where there is none.
        is_long: takes several lines.
    """

    word: str
    title: str
    name: Name
    form: Form = Form.TEXT
    record: int = 0
    exif: str = ""
    is_long: bool = False

    @property
    def is_list(self) -> bool:
        """Whether it takes several values, with semicolons between."""
        return self.form in (Form.ORDERED, Form.BAG, Form.ADDED)


FIELDS = (
    MetadataField("creator", mark("Creator"), CREATOR, Form.ORDERED, 80, "Artist"),
    MetadataField("creator-title", mark("Creator's job title"), CREATOR_TITLE, record=85),
    MetadataField("email", mark("Email"), CONTACT_EMAIL, Form.PART),
    MetadataField("phone", mark("Phone"), CONTACT_PHONE, Form.PART),
    MetadataField("website", mark("Website"), CONTACT_WEBSITE, Form.PART),
    MetadataField("copyright", mark("Copyright"), RIGHTS, Form.LANGUAGES, 116, "Copyright"),
    MetadataField("usage", mark("Terms of use"), USAGE_TERMS, Form.LANGUAGES),
    MetadataField("credit", mark("Credit line"), CREDIT, record=110),
    MetadataField("source", mark("Source"), SOURCE, record=115),
    MetadataField("instructions", mark("Instructions"), INSTRUCTIONS, record=40),
    MetadataField("job", mark("Job number"), JOB, record=103),
    MetadataField("event", mark("Event"), EVENT, Form.LANGUAGES),
    MetadataField("location", mark("Place"), LOCATION, record=92),
    MetadataField("city", mark("City"), CITY, record=90),
    MetadataField("state", mark("State or province"), STATE, record=95),
    MetadataField("country", mark("Country"), COUNTRY, record=101),
    MetadataField("headline", mark("Headline"), HEADLINE, record=105),
    MetadataField("title", mark("Title"), TITLE, Form.LANGUAGES, 5),
    MetadataField(
        "caption", mark("Caption"), DESCRIPTION, Form.LANGUAGES, 120, "ImageDescription", is_long=True
    ),
    MetadataField("writer", mark("Caption writer"), CAPTION_WRITER, record=122),
    MetadataField("persons", mark("Persons shown"), PERSONS, Form.BAG),
    MetadataField("keywords", mark("Keywords"), SUBJECT, Form.ADDED, 25),
)

FIELD_OF = {field.word: field for field in FIELDS}
