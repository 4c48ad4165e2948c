"""The XMP properties a cull is made of: their namespaces, and the prefixes they usually go by."""

from typing import NamedTuple


class Name(NamedTuple):
    """A property by namespace URI and local name: prefixes are only a file's own shorthand."""

    namespace: str
    local: str

    def __str__(self) -> str:
        return f"{USUAL_PREFIXES.get(self.namespace, self.namespace)}:{self.local}"


XML = "http://www.w3.org/XML/1998/namespace"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
META = "adobe:ns:meta/"
_XMP = "http://ns.adobe.com/xap/1.0/"
_XMP_DM = "http://ns.adobe.com/xmp/1.0/DynamicMedia/"
_PHOTOSHOP = "http://ns.adobe.com/photoshop/1.0/"
_DIGIKAM = "http://www.digikam.org/ns/1.0/"
_PHOTO_MECHANIC = "http://ns.camerabits.com/photomechanic/1.0/"
_ACDSEE = "http://ns.acdsee.com/iptc/1.0/"
_MICROSOFT, _MICROSOFT_BARE = "http://ns.microsoft.com/photo/1.0/", "http://ns.microsoft.com/photo/1.0"
_DARKTABLE = "http://darktable.sf.net/"
_EXIF = "http://ns.adobe.com/exif/1.0/"
_EXIF_EX = "http://cipa.jp/exif/1.0/"
_TIFF = "http://ns.adobe.com/tiff/1.0/"
_DC = "http://purl.org/dc/elements/1.1/"
_LIGHTROOM = "http://ns.adobe.com/lightroom/1.0/"
_IPTC_CORE = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
_IPTC_EXTENSION = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
_RIGHTS = "http://ns.adobe.com/xap/1.0/rights/"
_REGIONS = "http://www.metadataworkinggroup.com/schemas/regions/"
AREA = "http://ns.adobe.com/xmp/sType/Area#"
DIMENSIONS = "http://ns.adobe.com/xap/1.0/sType/Dimensions#"
_MICROSOFT_REGIONS = "http://ns.microsoft.com/photo/1.2/"
_MICROSOFT_REGION_INFO = "http://ns.microsoft.com/photo/1.2/t/RegionInfo#"
MICROSOFT_REGION = "http://ns.microsoft.com/photo/1.2/t/Region#"
_SHORTLIST = "urn:x-shortlist:xmp:1.0/"  # only a name: nothing has to lie there

USUAL_PREFIXES = {
    RDF: "rdf",
    META: "x",
    _XMP: "xmp",
    _XMP_DM: "xmpDM",
    _PHOTOSHOP: "photoshop",
    _DIGIKAM: "digiKam",
    _PHOTO_MECHANIC: "photomechanic",
    _ACDSEE: "acdsee",
    _MICROSOFT: "MicrosoftPhoto",
    _MICROSOFT_BARE: "MicrosoftPhoto",
    _DARKTABLE: "darktable",
    _DC: "dc",
    _LIGHTROOM: "lr",
    _IPTC_CORE: "Iptc4xmpCore",
    _IPTC_EXTENSION: "Iptc4xmpExt",
    _RIGHTS: "xmpRights",
    _REGIONS: "mwg-rs",
    AREA: "stArea",
    DIMENSIONS: "stDim",
    _SHORTLIST: "shortlist",
}

RATING = Name(_XMP, "Rating")
LABEL = Name(_XMP, "Label")
LABEL_COLOR = Name(_PHOTOSHOP, "LabelColor")
SIDECAR_FOR_EXTENSION = Name(_PHOTOSHOP, "SidecarForExtension")
PICK = Name(_XMP_DM, "pick")
GOOD = Name(_XMP_DM, "good")
DIGIKAM_PICK = Name(_DIGIKAM, "PickLabel")
DIGIKAM_COLOR = Name(_DIGIKAM, "ColorLabel")
PM_TAGGED = Name(_PHOTO_MECHANIC, "Tagged")
PM_CLASS = Name(_PHOTO_MECHANIC, "ColorClass")
PM_PREFS = Name(_PHOTO_MECHANIC, "Prefs")
ACDSEE_RATING = Name(_ACDSEE, "rating")
MICROSOFT_RATINGS = (Name(_MICROSOFT, "Rating"), Name(_MICROSOFT_BARE, "Rating"))
"""In percent, as Windows writes it, under either name of its namespace; see ``core.sidecar.percent``."""
DARKTABLE_COLORS = Name(_DARKTABLE, "colorlabels")
DATE_TAKEN = Name(_EXIF, "DateTimeOriginal")
DATE_CREATED = Name(_PHOTOSHOP, "DateCreated")
DATE_DIGITIZED = Name(_EXIF, "DateTimeDigitized")
CREATE_DATE = Name(_XMP, "CreateDate")
OFFSET_TAKEN = Name(_EXIF_EX, "OffsetTimeOriginal")
OFFSET_DIGITIZED = Name(_EXIF_EX, "OffsetTimeDigitized")
ORIENTATION = Name(_TIFF, "Orientation")
SUBJECT = Name(_DC, "subject")
HIERARCHICAL_SUBJECT = Name(_LIGHTROOM, "hierarchicalSubject")
DIGIKAM_TAGS = Name(_DIGIKAM, "TagsList")
TITLE, DESCRIPTION, HEADLINE = Name(_DC, "title"), Name(_DC, "description"), Name(_PHOTOSHOP, "Headline")
LOCATION, CITY = Name(_IPTC_CORE, "Location"), Name(_PHOTOSHOP, "City")
STATE, COUNTRY = Name(_PHOTOSHOP, "State"), Name(_PHOTOSHOP, "Country")
CREATOR, RIGHTS = Name(_DC, "creator"), Name(_DC, "rights")
CREATOR_TITLE, CAPTION_WRITER = Name(_PHOTOSHOP, "AuthorsPosition"), Name(_PHOTOSHOP, "CaptionWriter")
CREDIT, SOURCE = Name(_PHOTOSHOP, "Credit"), Name(_PHOTOSHOP, "Source")
INSTRUCTIONS, JOB = Name(_PHOTOSHOP, "Instructions"), Name(_PHOTOSHOP, "TransmissionReference")
USAGE_TERMS = Name(_RIGHTS, "UsageTerms")
EVENT, PERSONS = Name(_IPTC_EXTENSION, "Event"), Name(_IPTC_EXTENSION, "PersonInImage")
CONTACT = Name(_IPTC_CORE, "CreatorContactInfo")
CONTACT_EMAIL, CONTACT_PHONE = Name(_IPTC_CORE, "CiEmailWork"), Name(_IPTC_CORE, "CiTelWork")
CONTACT_WEBSITE = Name(_IPTC_CORE, "CiUrlWork")
REGIONS = Name(_REGIONS, "Regions")
MICROSOFT_REGIONS = Name(_MICROSOFT_REGIONS, "RegionInfo")
MICROSOFT_REGION_LIST = Name(_MICROSOFT_REGION_INFO, "Regions")
IS_REGION = Name(_SHORTLIST, "Region")
"""Says of a region that it is ours."""
STARS = Name(_SHORTLIST, "Stars")
"""The stars of a photo whose xmp:Rating is another program's reject, -1."""
SUGGESTED = Name(_SHORTLIST, "Suggested")
SCORE = Name(_SHORTLIST, "Score")
REASONS = Name(_SHORTLIST, "Reasons")
