"""What the pages may ask of the program: plain calls, handed in once by `app`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from milomobile.domain.choices import Commune, District, Lists
from milomobile.domain.communes import Index
from milomobile.domain.encounters import Registration
from milomobile.domain.figures import Table
from milomobile.domain.notice import NoticeText, Office
from milomobile.domain.outings import Day, Draft, Halt, Place, Planned, Recall, Tour
from milomobile.domain.people import Alike, Found, Sheet
from milomobile.domain.preferences import Preferences
from milomobile.domain.problems import Problem
from milomobile.domain.programme import Goal
from milomobile.domain.referrals import Imported, Offer, Referral, Wanted
from milomobile.domain.sending import Progress, Sent, Waiting
from milomobile.domain.sought import Candidate, ListReport, Sought, SoughtList
from milomobile.domain.sought_columns import Meanings, Opened, Preview
from milomobile.domain.territory import Territory
from milomobile.ui.bilan import Bilan
from milomobile.ui.copies import Copies
from milomobile.ui.files import Files
from milomobile.ui.law import Law
from milomobile.ui.support import Support
from milomobile.ui.team import Team
from milomobile.ui.updates import Newer


@dataclass(frozen=True)
class Verbs:
    """After unlocking. Each raises Trouble with a sentence to show; none touches the network but `send` and `enrol`."""

    adviser: str
    lists: Lists
    communes: tuple[Commune, ...]
    districts: tuple[District, ...]
    commune_index: Callable[[], Index]
    """`communes` to search as one types; made at the first call"""
    without_district: Callable[[], frozenset[str]]
    """communes (INSEE) in which surely no QPV lies"""
    propose_qpv: Callable[[str, str], District | None]
    """address, commune (INSEE) → the QPV of the office's list of streets, to be confirmed"""
    territory: Callable[[], Territory]
    """which Mission Locale serves whom"""
    notice_version: str
    notices: Callable[[int | None], Sequence[NoticeText]]
    """age, where it is known → the notice in every language"""
    office: Office
    now: Callable[[], datetime]
    day: Callable[[], Day]
    places: Callable[[], Sequence[Place]]
    partners: Callable[[], Sequence[str]]
    advisers: Callable[[], Sequence[str]]
    """the names of who may be aboard"""
    open_stop: Callable[[str, str, str | None, str | None, Halt], str]
    """place name, setting, commune, QPV, when and with whom; one still open ends where it begins → the stop's id"""
    correct_stop: Callable[[str, Halt], None]
    """a stop's true place, hours, partners, team and remark; without an end it goes on"""
    undo_stop: Callable[[str, str | None, Planned | None], None]
    """a stop begun by mistake, which one ended where it began, which planned one it was"""
    tour: Callable[[date], Tour]
    """the stops of a day, past or to come"""
    plan_stop: Callable[[Planned], str]
    """keeps a stop to come, in place of the one of that id → its id"""
    unplan_stop: Callable[[str], None]
    start_planned: Callable[[str], str]
    """→ the id of the stop"""
    repeat_tour: Callable[[date], Sequence[str]]
    """plans for a day the stops of the last that had some → ids of what is planned"""
    to_call: Callable[[], Sequence[Recall]]
    """whom to call back today or since, the longest due first"""
    goal: Callable[[], Goal]
    read: Callable[[dict[str, object]], tuple[Registration | None, tuple[Problem, ...]]]
    """a `register` line as a dictionary → the value and what is wrong or doubtful"""
    register: Callable[[Registration], str]
    """→ id of the encounter"""
    complete: Callable[[str, Registration], str]
    """a draft's id, what it became: registered, and the draft forgotten → id of the encounter"""
    undo: Callable[[str], None]
    """an anonymous or group encounter of the last minute, as if it had not been"""
    alike: Callable[[str, str, str, str], Sequence[Alike]]
    """given name, birth name, birth date, telephone, as typed → people here who may be the same, the likeliest first"""
    sought: Callable[[str, str, str, str], Sequence[Candidate]]
    """the same → who of the office's lists may be that, the likeliest first"""
    sought_person: Callable[[str], Sought]
    """a list entry's id → what the list says of them"""
    known: Callable[[str], Alike]
    """a person's id → who that is"""
    met_again: Callable[[str], dict[str, object]]
    """a person's id → the answers that a new encounter with them begins with"""
    named_later: Callable[[str], dict[str, object]]
    """an anonymous contact's id → the answers that the form begins with when they give a name"""
    kept_answers: Callable[[str], dict[str, object]]
    """an encounter's id → what the form shows of it and its person"""
    amend: Callable[[str, str, Registration], None]
    """a draft's id, which is forgotten; an encounter's id, the answers in place of those before"""
    doubles: Callable[[str], Sequence[Alike]]
    """a person's id → other files that may be of the same person"""
    merge: Callable[[str, str], None]
    """whose file becomes part, of whose"""
    part: Callable[[str], None]
    set_apart: Callable[[str, str], None]
    """two who are alike are two people"""
    refused_answers: Callable[[int], dict[str, object]]
    """seq of a refused record → what the form shows of it"""
    correct: Callable[[int, Registration], None]
    set_aside: Callable[[int, str], None]
    """seq of a refused record, why"""
    keep_draft: Callable[[str, dict[str, object]], datetime]
    drop_draft: Callable[[str], None]
    drafts: Callable[[], Sequence[Draft]]
    draft_answers: Callable[[str], dict[str, object]]
    """a draft's id → what the form begins with"""
    search: Callable[[str], Sequence[Found]]
    """at most 50, last met first; an empty text lists the last met"""
    listed: Callable[[str, str], Sequence[int]]
    """text typed, chip of `searching.CHIPS` → the ranks of everybody found, last met first"""
    people_at: Callable[[Sequence[int]], Sequence[Found | None]]
    """ranks → who has them; None where somebody was met since, and has another"""
    rank_of: Callable[[str], int | None]
    count_chips: Callable[[], dict[str, int]]
    count_people: Callable[[], int]
    sheet: Callable[[str], Sheet]
    services: Callable[[Wanted], Sequence[Offer]]
    """what fits in the offline directory, nearest first"""
    count_services: Callable[[], int]
    import_directory: Callable[[Path], Imported]
    open_list: Callable[[Path], Opened]
    """an office's list of people to look for → what its columns seem to be"""
    preview_list: Callable[[Path, Meanings], Preview]
    """the list, what its columns are → what importing it would do"""
    import_list: Callable[[Path, str, Meanings, int], ListReport]
    """the list, what it is for, what its columns are, months it is kept"""
    sought_lists: Callable[[], Sequence[SoughtList]]
    refer: Callable[[str, str], Referral]
    """person, service"""
    referrals: Callable[[str], Sequence[Referral]]
    """of a person, newest first"""
    waiting: Callable[[], Waiting]
    send: Callable[[Callable[[Progress], None], Callable[[], bool]], Sent]
    """(progress, cancelled) → result; runs on the worker thread; a reason that is no bug comes back in `reason`"""
    export_bundle: Callable[[Path], int]
    """a file on a USB key → records written there; they wait until the receipt"""
    read_receipt: Callable[[Path], int]
    """the office's receipt → records that it confirms"""
    server: Callable[[], str | None]
    enrol: Callable[[str, str, Path | None], str]
    """address, code, certificate file → the server's address"""
    figures: Callable[[date, date], dict[str, int]]
    """encounters, registrations, anonymous, groups, people_met, people, outside"""
    tables: Callable[[date, date], Sequence[Table]]
    """T1 to T11 of a period, both dates included; real figures: `domain.suppression` before they leave"""
    files: Files
    team: Team
    copies: Copies
    preferences: Callable[[], Preferences]
    prefer: Callable[[Preferences], None]
    profile: Path
    device: str
    keyring_warning: str | None
    law: Law
    bilan: Bilan
    support: Support
    newer: Newer
    setup_left: Callable[[], Sequence[str]]
    """steps of `domain.setting_up` that the first-run assistant has still to do"""
    setup_done: Callable[[str], None]
    lock: Callable[[], None]
