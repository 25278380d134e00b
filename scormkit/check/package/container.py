"""PKG rules: the zip file or folder itself, its entries and their names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scormkit.check.package import names
from scormkit.check.package.package import Kind, suffix
from scormkit.check.package.read import is_junk, manifest_names
from scormkit.model.archive import FlawKind
from scormkit.model.problem import Rule, Severity
from scormkit.standards import limits, manifests

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scormkit.check.package.package import Package
    from scormkit.model.archive import Archive, Flaw
    from scormkit.model.problem import Problem

FATAL, ERROR, WARNING, INFO = Severity.FATAL, Severity.ERROR, Severity.WARNING, Severity.INFO

NOT_A_ZIP = Rule(
    "PKG001", FATAL,
    "this is not a readable zip file ({reason})",
    "make the zip file again, or export the package again from the tool that wrote it",
    "An LMS refuses the upload.",
    "cmi5 14.1 (course package as ZIP); PKWARE APPNOTE 6.3.10, 4.3.6",
)  # fmt: skip
EMPTY = Rule(
    "PKG002", FATAL,
    "there is nothing in it",
    "put the package's files into it",
    "An LMS refuses the upload.",
)  # fmt: skip
NO_MANIFEST = Rule(
    "PKG003", FATAL,
    "no manifest was found (imsmanifest.xml, cmi5.xml, tincan.xml or an AICC course structure)",
    "add the manifest, or export the package for an LMS and not as a web site; a course of scormkit is the folder with course.yaml",
    "Without a manifest an LMS cannot know what to start.",
    "cmi5 14.1; RusticiSoftware, Incorporating a TinCan LRS into an LMS, Packaging",
)  # fmt: skip
NESTED = Rule(
    "PKG004", ERROR,
    "the manifest is in the folder {folder!r} and not at the top of the package",
    "zip what is inside the folder, not the folder itself",
    "LMSs look for the manifest at the top only; Moodle refuses such a file.",
    "cmi5 14.1; seen in Moodle 4.5 (mod_scorm)",
)  # fmt: skip
NESTED_TINCAN = Rule(
    "PKG005", INFO,
    "tincan.xml is in the folder {folder!r}",
    "move it to the top if the package has to work in every LMS",
    "Tin Can allows a chain of folders above tincan.xml that hold nothing else; not every LMS follows it.",
    "RusticiSoftware, Incorporating a TinCan LRS into an LMS, Packaging",
)  # fmt: skip
ESCAPES = Rule(
    "PKG006", ERROR,
    "the name of the entry {name!r} leads out of the package",
    "rename it so that it has no '..' in it",
    "Unpacking such a file could overwrite files of the server; LMSs refuse it.",
    "PKWARE APPNOTE 6.3.10, 4.4.17",
)  # fmt: skip
ABSOLUTE = Rule(
    "PKG007", ERROR,
    "the name of the entry {name!r} begins with a slash or a drive letter",
    "make the zip file from inside the folder, so that names are relative",
    "Names in a zip file must not name a drive or begin with a slash; such files are not found or refused.",
    "PKWARE APPNOTE 6.3.10 (file name)",
)  # fmt: skip
BACKSLASH = Rule(
    "PKG008", ERROR,
    "the name of the entry {name!r} has backslashes in it",
    "make the zip file with a tool that writes forward slashes",
    "On most servers the backslash is a letter of the file's name, so that folders are lost.",
    "PKWARE APPNOTE 6.3.10 (file name)",
)  # fmt: skip
LINK = Rule(
    "PKG009", ERROR,
    "{name!r} is a link or a device and not a file",
    "put the file itself into the package",
    "LMSs ignore links or refuse the whole package.",
    "PKWARE APPNOTE 6.3.10 (external file attributes)",
)  # fmt: skip
ENCRYPTED = Rule(
    "PKG010", ERROR,
    "{name!r} is encrypted",
    "make the zip file without a password",
    "An LMS cannot open it.",
    "PKWARE APPNOTE 6.3.10 (general purpose bit flag)",
)  # fmt: skip
DUPLICATE = Rule(
    "PKG011", ERROR,
    "there are two entries called {name!r}",
    "keep one of them",
    "Which of the two an LMS keeps is a matter of luck.",
    "PKWARE APPNOTE 6.3.10 (file name)",
)  # fmt: skip
CASE = Rule(
    "PKG012", ERROR,
    "{name!r} and {other!r} differ only in upper and lower case",
    "rename one of them and the references to it",
    "Servers that fold case keep only one of the two.",
)  # fmt: skip
NOT_UTF8 = Rule(
    "PKG013", WARNING,
    "the name of the entry {name!r} is not marked as UTF-8",
    "use plain letters a to z in file names, or a tool that writes UTF-8 names",
    "Other letters turn into different ones when the LMS unpacks the file, and the file is not found.",
    "PKWARE APPNOTE 6.3.10 (language encoding flag)",
)  # fmt: skip
BOMB = Rule(
    "PKG018", ERROR,
    "{name!r} looks like a zip bomb ({reason})",
    "remove it, or make the zip file again",
    "A few bytes that unpack into gigabytes stop the server; LMSs refuse such files.",
)  # fmt: skip
DAMAGED = Rule(
    "PKG019", ERROR,
    "{name!r} is damaged ({reason})",
    "make the zip file again",
    "The LMS cannot unpack it, or unpacks something else.",
    "PKWARE APPNOTE 6.3.10 (CRC-32 and sizes)",
)  # fmt: skip
METHOD = Rule(
    "PKG020", ERROR,
    "{name!r} is packed with method {method}",
    "make the zip file with the ordinary method, deflate",
    "LMSs unpack only stored and deflated files.",
    "RFC 1951, which SCORM's package interchange file is bound to",
)  # fmt: skip
ZIP64 = Rule(
    "PKG021", WARNING,
    "the zip file is in the long form, ZIP64",
    "make the zip file in the ordinary form: it is enough for fewer than 65,536 files and less than 4 GB",
    "An LMS for cmi5 has to read ZIP64; many for SCORM do not.",
    "cmi5 14.0",
)  # fmt: skip
JUNK = Rule(
    "PKG022", WARNING,
    "{count} leftover(s) of an operating system are in the package, such as {name!r}",
    "leave them out: zip the files with a tool that does not add them",
    "They are of no use, and may show the names of your own folders.",
)  # fmt: skip
SOURCES = Rule(
    "PKG023", WARNING,
    "{count} file(s) of the author's workplace are in the package, such as {name!r}",
    "leave them out",
    "They make the package larger and may tell more than you want.",
)  # fmt: skip
DANGEROUS = Rule(
    "PKG024", ERROR,
    "{name!r} is of a kind that servers run or virus scanners stop ({suffix})",
    "take it out of the package",
    "Many LMSs refuse the whole package; others might run it.",
    "Learning Hub, Create Resource Reference Data.sql (file types that are not allowed)",
)  # fmt: skip
FLASH = Rule(
    "PKG025", WARNING,
    "{name!r} is Flash",
    "replace it by HTML and MP4",
    "No browser has played Flash since 2020.",
)  # fmt: skip
TOO_LARGE = Rule(
    "PKG026", WARNING,
    "the package is {size} large",
    "keep it below {limit}: compress images and video",
    "Servers have limits for uploads, and learners for patience.",
    "CATAPULT courses.js (480 MB); Learning Hub AdminUI appsettings.json (2 GB)",
)  # fmt: skip
FILE_NAME = Rule(
    "PKG027", WARNING,
    "the package's file name {reason}",
    "rename it so that it ends with '.zip' in small letters and has at most 255 characters",
    "The Learning Hub compares the end of the name letter by letter.",
    "Learning Hub Content.vue, fileValidation.ts",
)  # fmt: skip
SEVERAL = Rule(
    "PKG028", WARNING,
    "there are manifests of several standards: {names}",
    "make one package for each standard",
    "Each LMS picks one of them, not always the one you mean.",
)  # fmt: skip
MISSPELT = Rule(
    "PKG029", ERROR,
    "the manifest is called {name!r}",
    "call it {right!r}",
    "LMSs look for exactly this name; Moodle refuses another case.",
    "seen in Moodle 4.5 (mod_scorm)",
)  # fmt: skip
TOO_MANY = Rule(
    "PKG030", FATAL,
    "there are too many entries in it ({count})",
    "split the package; at most 100,000 entries are looked at",
    "No LMS unpacks so many files in time.",
)  # fmt: skip
PREPENDED = Rule(
    "PKG031", WARNING,
    "{count} bytes stand before the zip file's first entry",
    "make an ordinary zip file, not a program that unpacks itself",
    "LMSs and virus scanners may refuse it.",
)  # fmt: skip
UNREAD = Rule(
    "PKG032", INFO,
    "{count} text file(s) were not looked into because of their size",
    "check them by hand, or split them",
    "Files above 2 MB, more than 32 MB of text in all, and more than 200,000 elements of pages are not read.",
)  # fmt: skip
ZIP_IN_ZIP = Rule(
    "PKG034", ERROR,
    "there is no manifest, but the zip file {name!r} is in it",
    "take that zip file out and use it by itself",
    "LMSs do not look into a zip file inside a zip file.",
)  # fmt: skip
RECOGNISED = Rule(
    "PKG033", INFO,
    "this is {kind}: it is recognised and described, but the content of its manifest is not checked",
    "nothing, if your LMS takes it",
    "There are rules here for SCORM, cmi5 and xAPI.",
)  # fmt: skip

TOTAL = 20 * 2**30
VERIFY_EACH, VERIFY_ALL = 8 * 2**20, 64 * 2**20
SOFT_LIMIT = 480 * 10**6  # CATAPULT courses.js:350
BLOCKED = limits.DANGEROUS - {".mjs"}  # a script as .js is, only rarely served as one
FLASH_TYPES = (".swf", ".flv", ".f4v")
WORKPLACE = re.compile(
    r"(^|/)(\.git|\.svn|\.hg|\.idea|\.vscode|node_modules)(/|$)|(\.(map|psd|ai|indd|fla|bak|orig|tmp|log)|~)$"
    r"|(^|/)(\.gitignore|\.gitattributes|\.npmrc|package-lock\.json)$",
    re.I,
)
FLAWS = {
    FlawKind.TRAVERSAL: ESCAPES,
    FlawKind.ABSOLUTE: ABSOLUTE,
    FlawKind.BACKSLASH: BACKSLASH,
    FlawKind.LINK: LINK,
    FlawKind.SPECIAL: LINK,
    FlawKind.ENCRYPTED: ENCRYPTED,
    FlawKind.DUPLICATE: DUPLICATE,
    FlawKind.ENCODING: NOT_UTF8,
}
DAMAGE = {
    FlawKind.LOCAL: "its own header does not say what the directory says",
    FlawKind.CRC: "its check sum does not match",
    FlawKind.SIZE: "it holds more or fewer bytes than it says",
    FlawKind.UNREADABLE: "it cannot be read",
    FlawKind.SHADOWED: "a folder has the same name",
    FlawKind.DAMAGED: "its directory is cut short or out of place",
    FlawKind.SPLIT: "it is one of several parts",
}


def check(package: Package) -> Iterator[Problem]:
    """Everything about the container of `package`; nothing for a manifest on its own."""
    archive = package.archive
    if archive is None:
        return
    if not archive.entries:
        yield EMPTY.at(package.at())
        return
    yield from _flaws(package, archive)
    yield from _manifest(package, archive)
    yield from names.check(package, archive)
    yield from _leftovers(package, archive)
    yield from _size(package, archive)
    if package.unread:
        yield UNREAD.at(package.at(), count=package.unread)
    if package.kind in (Kind.AICC, Kind.CARTRIDGE, Kind.IMS_CP):
        yield RECOGNISED.at(package.inside(package.manifest_name), kind=package.kind.label)


def _flaws(package: Package, archive: Archive) -> Iterator[Problem]:
    """What the archive itself says is wrong, and what reading small files shows."""
    unreadable: set[str] = set()
    for flaw in archive.flaws:
        if flaw.kind in (FlawKind.LOCAL, FlawKind.ENCRYPTED, FlawKind.METHOD, FlawKind.OVERLAP, FlawKind.LINK):
            unreadable.add(flaw.name)
        yield from _flaw(package, archive, flaw)
    found = {flaw.name for flaw in package.damaged}
    for flaw in (*package.damaged, *_read_through(package, archive, unreadable | found)):
        if flaw.name not in unreadable and flaw.kind in DAMAGE:
            yield DAMAGED.at(package.inside(flaw.name), name=flaw.name, reason=DAMAGE[flaw.kind])


def _flaw(package: Package, archive: Archive, flaw: Flaw) -> Iterator[Problem]:
    span = package.inside(flaw.name)
    if flaw.kind in FLAWS:
        yield FLAWS[flaw.kind].at(span, name=flaw.name)
    elif flaw.kind is FlawKind.CASE:
        yield CASE.at(span, name=flaw.name, other=flaw.detail)
    elif flaw.kind is FlawKind.METHOD:
        yield METHOD.at(span, name=flaw.name, method=flaw.detail)
    elif flaw.kind is FlawKind.OVERLAP:
        yield BOMB.at(span, name=flaw.name, reason="its bytes belong to something else, too")
    elif flaw.kind is FlawKind.RATIO:
        yield BOMB.at(span, name=flaw.name, reason=f"it unpacks {flaw.detail}")
    elif flaw.kind is FlawKind.ZIP64 and not flaw.name and package.kind is not Kind.CMI5:
        yield ZIP64.at(span)
    elif flaw.kind is FlawKind.TOO_MANY:
        yield TOO_MANY.at(span, count=flaw.detail)
    elif flaw.kind is FlawKind.PREPENDED:
        yield PREPENDED.at(span, count=flaw.detail)
    elif flaw.kind in DAMAGE:
        yield DAMAGED.at(span, name=flaw.name or archive.path.name, reason=DAMAGE[flaw.kind])


def _read_through(package: Package, archive: Archive, known: set[str]) -> Iterator[Flaw]:
    """The faults that show when files are read to their end: for all of a small package, the small files of a large one."""
    if not archive.is_zip:
        return
    left = VERIFY_ALL
    for name, entry in archive.files.items():
        inner = name[len(package.root) :] if name.startswith(package.root) else name
        if name in known or inner in package.texts or entry.size > min(left, VERIFY_EACH):
            continue
        left -= entry.size
        flaw = archive.verify(entry)
        if flaw:
            yield flaw


def _manifest(package: Package, archive: Archive) -> Iterator[Problem]:
    name = package.manifest_name
    if not name:
        inner = next((n for n in archive.files if suffix(n) == ".zip" and not is_junk(n)), None)
        yield ZIP_IN_ZIP.at(package.inside(inner), name=inner) if inner else NO_MANIFEST.at(package.at())
        return
    base = name.rpartition("/")[2]
    if base not in manifests.MANIFESTS and base.lower() in manifests.MANIFESTS:
        yield MISSPELT.at(package.inside(name), name=base, right=base.lower())
    if package.root and _is_alone(package, archive) and package.kind is Kind.XAPI:
        yield NESTED_TINCAN.at(package.inside(name), folder=package.root)
    elif package.root:
        yield NESTED.at(package.inside(name), folder=package.root)
    here = [n[len(package.root) :] for n in manifest_names(archive) if n.rpartition("/")[0] == name.rpartition("/")[0]]
    kinds = sorted({"AICC" if suffix(n) in manifests.AICC else n for n in here})
    if len(kinds) > 1:
        yield SEVERAL.at(package.inside(name), names=", ".join(kinds))


def _is_alone(package: Package, archive: Archive) -> bool:
    """Whether everything is in the folder of the manifest."""
    return all(n.startswith(package.root) for n in archive.files if not is_junk(n))


def _leftovers(package: Package, archive: Archive) -> Iterator[Problem]:
    junk = [name for name in archive.files if is_junk(name)]
    if junk:
        yield JUNK.at(package.at(), count=len(junk), name=junk[0])
    sources = [name for name in archive.files if WORKPLACE.search(name) and not is_junk(name)]
    if sources:
        yield SOURCES.at(package.at(), count=len(sources), name=sources[0])
    for name in archive.files:
        end = suffix(name)
        if end in FLASH_TYPES:
            yield FLASH.at(package.inside(name), name=name)
        elif end in BLOCKED and not is_junk(name):
            yield DANGEROUS.at(package.inside(name), name=name, suffix=end)


def _size(package: Package, archive: Archive) -> Iterator[Problem]:
    total = sum(entry.size for entry in archive.entries)
    if archive.is_zip:
        if total > TOTAL:
            yield BOMB.at(package.at(), name=archive.path.name, reason=f"{total:,} bytes in all")
        yield from _file_name(package, archive.path.name)
    size = sum(entry.compressed for entry in archive.entries)
    if size > SOFT_LIMIT:
        yield TOO_LARGE.at(package.at(), size=f"{size / 10**6:,.0f} MB", limit="480 MB")


def _file_name(package: Package, name: str) -> Iterator[Problem]:
    if len(name) > 255:
        yield FILE_NAME.at(package.at(), reason=f"has {len(name)} characters")
    if not name.endswith((".zip", ".imscc")):
        yield FILE_NAME.at(package.at(), reason=f"is {name!r}")
