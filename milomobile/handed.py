"""The verbs of an open profile, as the pages are handed them."""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from milomobile.actions.open import Profile
    from milomobile.domain.encounters import Named, Registration
    from milomobile.domain.team import Strength
    from milomobile.domain.updates import Ready, Updates
    from milomobile.ui.bilan import Bilan
    from milomobile.ui.copies import Copies
    from milomobile.ui.files import Files
    from milomobile.ui.law import Law
    from milomobile.ui.support import Support
    from milomobile.ui.team import Team
    from milomobile.ui.updates import Newer
    from milomobile.ui.verbs import Verbs


def password_problem(password: str, name: str) -> str | None:
    """Why a new password is too weak, or None."""
    from milomobile.security import passwords

    return passwords.problem(password, name)


def strength(password: str, name: str) -> "Strength":
    """How strong a new password is."""
    from milomobile.security import passwords

    return passwords.strength(password, name)


def now() -> datetime:
    """The time in Metz."""
    from milomobile.domain.dates import LOCAL

    return datetime.now(LOCAL)


def verbs(folder: Path, profile: "Profile") -> "Verbs":
    """Everything the pages may ask of a profile."""
    from milomobile import reference
    from milomobile.actions import (
        amend,
        consulted,
        correct,
        directory,
        figures,
        find,
        home,
        merging,
        plan,
        preferences,
        programme,
        report,
        send,
        setting_up,
        shown,
        sought,
        stops,
        usb,
        withdraw,
    )
    from milomobile.actions.register import register
    from milomobile.actions.sought_file import open_list
    from milomobile.domain.likeness import identity
    from milomobile.domain.reading import read
    from milomobile.security import keychain
    from milomobile.ui.verbs import Verbs

    lists = reference.lists()
    return Verbs(
        adviser=profile.adviser,
        lists=lists,
        communes=reference.communes(),
        districts=reference.districts(),
        commune_index=reference.commune_index,
        without_district=reference.without_district,
        propose_qpv=partial(home.propose_qpv, profile),
        territory=partial(home.territory, profile),
        notice_version=reference.NOTICE_VERSION,
        notices=reference.notices,
        office=reference.office(),
        now=now,
        day=lambda: plan.day(profile, now()),
        places=partial(stops.places, profile),
        partners=partial(stops.partners, profile),
        advisers=partial(stops.advisers, profile),
        open_stop=lambda name, setting, commune, qpv, halt: stops.open_stop(
            profile, name, setting, commune, qpv, halt, now()
        ),
        correct_stop=lambda stop, halt: stops.correct_stop(profile, stop, halt, now()),
        undo_stop=lambda stop, ended, planned: plan.undo_stop(profile, stop, ended, planned, now()),
        tour=partial(plan.tour, profile),
        plan_stop=lambda planned: plan.plan_stop(profile, planned, now()),
        unplan_stop=lambda id: plan.unplan_stop(profile, id, now()),
        start_planned=lambda id: plan.start_planned(profile, id, now()),
        repeat_tour=lambda day: plan.repeat_tour(profile, day, now()),
        to_call=lambda: plan.to_call(profile, now()),
        goal=lambda: programme.goal(profile, now()),
        read=lambda line: read(line, lists, now()),
        register=lambda record: register(profile, record, now()).id,
        complete=lambda draft, record: register(profile, record, now(), draft).id,
        undo=lambda encounter: withdraw.undo(profile, encounter, now()),
        alike=lambda given, family, born, phone: merging.alike(
            profile, identity(given, family, born, phone, now().date())
        ),
        sought=lambda given, family, born, phone: sought.likely(
            profile, identity(given, family, born, phone, now().date()), now().date()
        ),
        sought_person=partial(sought.entry, profile),
        known=partial(merging.known, profile),
        met_again=partial(shown.met_again, profile),
        named_later=partial(shown.named_later, profile),
        kept_answers=partial(amend.answers, profile),
        amend=lambda draft, encounter, record: _nothing(amend.amend(profile, encounter, _named(record), now(), draft)),
        doubles=partial(merging.doubles, profile),
        merge=lambda loser, winner: merging.merge(profile, loser, winner, now()),
        part=lambda loser: merging.part(profile, loser, now()),
        set_apart=lambda person, other: merging.set_apart(profile, person, other, now()),
        refused_answers=partial(correct.answers, profile),
        correct=lambda seq, record: correct.correct(profile, seq, _named(record), now()),
        set_aside=lambda seq, why: correct.set_aside(profile, seq, why, now()),
        keep_draft=lambda id, answers: plan.keep_draft(profile, id, answers, now()),
        drop_draft=partial(plan.drop_draft, profile),
        drafts=partial(plan.drafts, profile),
        draft_answers=lambda id: next((one.answers for one in plan.drafts(profile) if one.id == id), {}),
        search=lambda typed: find.search(profile, typed, now()),
        listed=lambda typed, chip: find.listed(profile, typed, chip, now()),
        people_at=lambda ranks: find.people_at(profile, ranks, now()),
        rank_of=partial(find.rank_of, profile),
        count_chips=lambda: find.count_chips(profile, now()),
        count_people=partial(find.count_people, profile),
        sheet=lambda id: find.sheet(profile, id, now()),
        services=lambda wanted: directory.search(profile, wanted, now()),
        count_services=partial(directory.count_services, profile),
        import_directory=lambda file: directory.import_directory(profile, file, now()),
        open_list=open_list,
        preview_list=lambda file, meanings: sought.preview(profile, file, now(), meanings),
        import_list=lambda file, purpose, meanings, months: sought.import_list(
            profile, file, purpose, now(), meanings, months
        ),
        sought_lists=partial(sought.lists, profile),
        refer=lambda person, service: directory.refer(profile, person, service, now()),
        referrals=partial(directory.referrals_of, profile),
        waiting=partial(send.waiting, profile),
        send=partial(send.send, profile),
        export_bundle=lambda file: usb.export(profile, file, now(), replace=True),
        read_receipt=lambda file: usb.receive(profile, file, now()),
        server=partial(send.server, profile),
        enrol=lambda url, code, ca: send.enrol(profile, url, code, ca, profile.adviser, now())[0],
        figures=partial(report.figures, profile),
        tables=partial(figures.tables, profile),
        files=_files(profile),
        team=_team(profile),
        copies=_copies(profile),
        preferences=partial(preferences.preferences, profile),
        prefer=lambda wanted: preferences.prefer(profile, wanted, now()),
        profile=folder,
        device=profile.device,
        keyring_warning=keychain.trouble(),
        law=_law(profile),
        bilan=_bilan(profile),
        support=_support(profile),
        newer=_newer(profile),
        setup_left=partial(setting_up.left, profile),
        setup_done=lambda step: setting_up.done(profile, step, now()),
        lock=lambda: consulted.leave(profile, now()),
    )


def _team(profile: "Profile") -> "Team":
    from milomobile.actions import team
    from milomobile.ui.team import Team

    return Team(
        members=partial(team.members, profile),
        add=lambda name, password: team.add(profile, name, password, now()),
        rename=lambda password, name: team.rename(profile, password, name, now()),
        change_password=lambda password, new: team.change_password(profile, password, new, now()),
        reset=lambda code, id, new: team.reset(profile, code, id, new, now()),
        remove=lambda id, password: team.remove(profile, id, password, now()),
        new_recovery_code=lambda password: team.new_recovery_code(profile, password, now()),
        problem=password_problem,
        strength=strength,
    )


def _files(profile: "Profile") -> "Files":
    from milomobile.actions import files
    from milomobile.ui.files import Files

    return Files(
        ticks=files.ticks,
        naming=files.naming,
        name=files.name,
        preview=partial(files.preview, profile),
        allow=lambda password: files.allow(profile, password, now()),
        write=lambda asked, place, secret, tell, stopped: files.write(
            profile, asked, place, now(), secret, tell, stopped
        ),
        chosen=lambda: files.chosen(profile, now().date()),
        choose=partial(files.choose, profile),
    )


def _law(profile: "Profile") -> "Law":
    from milomobile.actions import consulted, erase, purge, rights
    from milomobile.ui.law import Law

    return Law(
        seen=lambda person: consulted.seen(profile, person, now()),
        journal=partial(consulted.latest, profile),
        export_person=lambda person, out, password: rights.export(profile, person, out, password, now()),
        restrict=lambda person, limited: rights.restrict(profile, person, limited, now()),
        object_to=lambda person: rights.object_to(profile, person, now()),
        erase=lambda person, reason: erase.erase(profile, person, reason, now()),
        durations=partial(purge.durations, profile),
        keep_for=lambda names, lines: purge.keep_for(profile, names, lines, now()),
        preview=lambda: purge.preview(profile, now()),
        purge=lambda stopped: purge.purge(profile, now(), stopped),
        withdraw=lambda person, agreement: rights.withdraw(profile, person, agreement, now()),
    )


def _bilan(profile: "Profile") -> "Bilan":
    from milomobile.actions import papers, programme, summary
    from milomobile.reports import charts, daybook, month
    from milomobile.ui.bilan import Bilan

    return Bilan(
        read=lambda first, last, stopped: summary.summary(profile, first, last, now(), stopped),
        draw=charts.draw,
        behind=lambda what, first, last: summary.behind(profile, what, first, last, now()),
        began=lambda: summary.began(profile, now()),
        programmes=partial(programme.programmes, profile),
        choose=lambda id: programme.choose(profile, id, now()),
        day_name=daybook.file_name,
        report_day=lambda day, file: papers.write_day(profile, day, file, now(), replace=True),
        month_name=month.file_name,
        report_month=lambda day, file: papers.write_month(profile, day, file, now(), replace=True),
    )


def _support(profile: "Profile") -> "Support":
    from milomobile import reference
    from milomobile.actions import diagnostics
    from milomobile.ui.support import Support

    return Support(
        health=lambda: diagnostics.health(profile, now()),
        check_file=partial(diagnostics.check_file, profile),
        diagnose=lambda file: diagnostics.write(profile.folder, file, now(), profile, replace=True),
        parts=reference.parts,
    )


def _newer(profile: "Profile") -> "Newer":
    from milomobile import paths
    from milomobile.actions import updates
    from milomobile.ui.updates import Newer

    def fetch(stopped: "Callable[[], bool]") -> "Updates":
        from milomobile.actions import fetching

        return fetching.fetch(profile, paths.release_root(), now(), stopped)

    def take(file: Path) -> "Ready":
        from milomobile.actions import fetching

        return fetching.take(profile.folder, paths.release_root(), file)

    return Newer(
        known=lambda: updates.updates(profile.folder, paths.release_root()),
        fetch=fetch,
        take=take,
        install=lambda: updates.install(profile.folder, paths.release_root()),
    )


def _copies(profile: "Profile") -> "Copies":
    from milomobile.actions import backups
    from milomobile.ui.copies import Copies

    return Copies(
        last=partial(backups.last, profile),
        backup=lambda file: backups.backup(profile, file, now(), replace=True),
        check=partial(backups.check, profile),
        tend=lambda stopped: backups.tend(profile, now(), stopped),
    )


def _named(record: "Registration") -> "Named":
    from milomobile.domain.encounters import Named

    assert isinstance(record, Named)
    return record


def _nothing(_: object) -> None:
    """For verbs whose answer the pages do not need."""
