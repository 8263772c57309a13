"""Work in the queues: who takes it."""

import datetime as dt
from uuid import UUID

from moothall.bodies import queries as bodies
from moothall.casework.actions.changes import Changes
from moothall.casework.models import Case, Task
from moothall.casework.queries.file import case_file
from moothall.core import files, messages
from moothall.core.actor import Actor
from moothall.core.refusal import NotYours, Refusal
from moothall.core.scope import EVERY_TEAM, current_scope, scoped


class NotTheirWork(Refusal):
    """That person does not work for the body whose work this is. Choose somebody of that body."""

    status = 422


class NotInTheTeam(Refusal):
    """One of these is an urgent referral, and that person is not in the team that sees it. Choose somebody who is."""

    status = 422


class UnknownTeam(Refusal):
    """That body has no such team. Choose one from the list."""

    status = 422


def assign(*, task_ids: list[UUID], account_id: int | None, at: dt.datetime, by: Actor) -> int:
    """Give open tasks to a colleague, or to nobody (None); return how many were still open.

    Refuses NotYours when one of them is not the scope's to see, NotTheirWork when the colleague is of another body,
    NotInTheTeam when only a team may see it that they are not in.
    """
    tasks = _mine(task_ids)
    if account_id is not None:
        works_for = {row.body_id for row in bodies.staff_of(account_id, at.date())}
        if not {task.body_id for task in tasks} <= works_for:
            raise NotTheirWork(field="assigned_to")
        in_teams = {(row.body_id, row.team.code) for row in bodies.staff_of(account_id, at.date()) if row.team_id}
        if not {(task.body_id, task.only_team) for task in tasks if task.only_team} <= in_teams:
            raise NotInTheTeam(field="assigned_to")
    for task in tasks:
        task.assigned_to = account_id
        _note(task, "task-assigned", at, by, task_id=str(task.pk), account=account_id)
    Task.objects.bulk_update(tasks, ["assigned_to"])
    return len(tasks)


def hand_over_team(*, task_ids: list[UUID], team_id: int, at: dt.datetime, by: Actor) -> int:
    """Move open tasks to another team of the same body; nobody is named until the team does. Returns how many.

    An urgent referral moves whole: from then on the other team alone sees it.
    """
    tasks = _mine(task_ids)
    for task in tasks:
        team = next((team for team in bodies.teams(task.body_id) if team.id == team_id), None)
        if team is None:
            raise UnknownTeam(field="team")
        task.team_id, task.assigned_to = team_id, None
        _note(task, "task-moved", at, by, task_id=str(task.pk), team=team_id)
    Task.objects.bulk_update(tasks, ["team_id", "assigned_to"])
    for case_id in {task.case_id for task in tasks if task.only_team}:
        _keep_to(case_id, team.code, at, by)
    return len(tasks)


def _keep_to(case_id: UUID, team: str, at: dt.datetime, by: Actor) -> None:
    """Let one team alone see a case from now on: with its work, its files and what was written."""
    with scoped(current_scope().narrowed(teams=EVERY_TEAM)):
        Case.objects.filter(pk=case_id).update(only_team=team)
        Task.objects.filter(case_id=case_id).update(only_team=team)
        files.keep_to(case_id=case_id, team=team, at=at, by=by)
        messages.keep_to(case_id=case_id, team=team, at=at, by=by)


def finish_task(*, task_id: UUID, at: dt.datetime, by: Actor) -> None:
    """End a task that belongs to no step, such as a message to read. A step's task ends with its step."""
    task = next(iter(_mine([task_id])), None)
    if task is None or task.step_id:
        raise NotYours()
    task.state, task.closed_at, task.closed_by = "done", at, str(by)
    task.save(update_fields=["state", "closed_at", "closed_by"])
    _note(task, "task-done", at, by, task_id=str(task.pk))


def _mine(task_ids: list[UUID]) -> list[Task]:
    found = list(Task.objects.filter(pk__in=task_ids).select_for_update().order_by("pk"))
    if len(found) != len(set(task_ids)):
        raise NotYours()
    return [task for task in found if task.state == "open"]


def _note(task: Task, kind: str, at: dt.datetime, by: Actor, **data) -> None:
    changes = Changes(case_file(task.case_id).case, at=at, by=by)
    changes.happened(kind, **data)
    changes.write()
