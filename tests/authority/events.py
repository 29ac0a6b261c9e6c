"""What every act writes into the audit log, and every refusal: a table typed from the regulation, not from the code.

Sources: the state table (domain §5), the registers (§7), "Audit event" (§3), "one click, one commit, with its audit row; draft autosave
alone writes the draft row only" (house, no. 4).  ``test_events`` walks it.  A new act without a line fails there.
"""

from __future__ import annotations

from collections import Counter

#: act | situations, or * for the others | its events, or - and why there are none.
WRITES = """
people.signin_send                  | * | people.signed_in
people.signin_code                  | * | people.signed_in
people.signout                      | * | people.signed_out
people.change_password              | * | people.password_changed
people.end_sign_in                  | * | people.session_revoked
people.end_other_sign_ins           | * | people.session_revoked
people.begin_second_step            | * | - a seed counts for nothing before a code confirms it
people.confirm_second_step          | * | people.second_factor_changed
people.renew_recovery_codes         | * | people.second_factor_changed
people.switch_second_step_off       | * | people.second_factor_changed
home.set_locale                     | * | - how one reads is nobody's business
proposals.secret                    | * | - "the server keeps nothing of it, no audit row either"
proposals.create                    | * | proposal.created
proposals.create_on_paper           | * | proposal.filed_on_paper
proposals.hide                      | * | proposal.quarantined
api.create_proposal                 | * | proposal.created
api.similar                         | * | - it only asks

admin.create_unit                   | * | people.unit_created
admin.change_unit                   | * | people.unit_changed
admin.move_unit                     | * | people.unit_moved
admin.open_or_close_unit close      | * | people.unit_closed
admin.open_or_close_unit reopen     | * | people.unit_changed
admin.create_person                 | * | people.person_created people.account_created
admin.change_person                 | * | people.person_changed
admin.link_person                   | * | people.persons_linked
admin.give_grant                    | * | people.role_granted
admin.set_deputy                    | * | people.role_granted
admin.end_grant                     | * | people.role_revoked
admin.open_or_close_account close   | * | people.account_closed
admin.open_or_close_account reopen  | * | people.account_changed
admin.new_password                  | * | people.one_time_password_issued
admin.reset_second_step             | * | people.second_factor_changed
admin.reset_second_step asks        | * | people.second_step_removal_asked
people.confirm_lost_step            | * | people.second_factor_changed
people.end_lost_step                | * | people.second_step_removal_ended
admin.end_sign_ins                  | * | people.session_revoked
admin.import_units                  | * | people.units_imported
admin.import_people                 | * | people.people_imported
admin.import_people long            | * | - an order; nobody is added before the passwords are taken
admin.take_people                   | * | people.people_imported
admin.create_campaign               | * | regulations.campaign_created
admin.change_campaign               | * | regulations.campaign_changed
admin.add_field                     | * | regulations.field_changed
admin.change_field                  | * | regulations.field_changed
admin.set_day                       | * | regulations.calendar_changed
admin.remove_day                    | * | regulations.calendar_changed
admin.copy_rule_set                 | * | regulations.rule_set_created
admin.copy_criteria_set             | * | regulations.criteria_set_created
admin.change_rule_set               | * | regulations.rule_set_changed
admin.change_criteria_set           | * | regulations.criteria_set_changed
admin.add_word_template             | * | regulations.word_template_added
admin.withdraw_word_template        | * | regulations.word_template_withdrawn
admin.check_register                | * | - it only asks
admin.import_register               | * | exchange.register_imported
admin.import_register large         | * | - an order; the worker writes the event when it carries it out
admin.ask_screening                 | * | boards.screening_asked
admin.judge_pair                    | * | proposal.similarity_looked_at
boards.create                       | * | boards.board_created
boards.change                       | * | boards.board_changed
boards.close                        | * | boards.board_closed
boards.fill_seat                    | * | boards.seat_filled
boards.end_seat                     | * | boards.seat_left

boards.call_meeting                 | * | boards.meeting_called
boards.change_meeting               | * | boards.meeting_changed
boards.start_meeting                | * | boards.meeting_started
boards.take_attendance              | * | boards.attendance_taken
boards.close_meeting                | * | boards.meeting_ended
boards.add_minutes                  | * | boards.minutes_added
boards.record_roll                  | * | boards.roll_recorded
boards.add_sheet_photos             | * | boards.sheet_photo_added
boards.key_sheet_send first         | * | boards.paper_sheet_keyed
boards.key_sheet_send second        | * | boards.paper_sheet_keyed boards.sheet_submitted
boards.key_sheet_send differs       | * | boards.paper_sheet_keyed boards.paper_sheets_differ
boards.open_vote paper              | * | boards.vote_opened
boards.key_count first              | * | boards.count_keyed
boards.key_count second             | * | boards.count_keyed boards.vote_closed
boards.key_count differs            | * | boards.count_keyed boards.counts_differ
boards.settle_count                 | * | boards.count_settled boards.vote_closed
boards.void_paper_vote              | * | boards.vote_voided
boards.cast open                    | * | boards.opinion_given
library.adopt                       | * | library.adoption_requested
library.agree                       | * | library.adoption_agreed
library.decline                     | * | library.adoption_declined
library.cancel                      | * | library.adoption_cancelled
library.start                       | * | library.adoption_started
library.report                      | * | library.adoption_reported
library.confirm                     | * | library.adoption_confirmed
library.stop                        | * | library.adoption_stopped

proposals.save description          | needs_fix revise | proposal.content_changed
proposals.save description          | * | - a draft
proposals.autosave description      | needs_fix revise | proposal.content_changed
proposals.autosave description      | * | - a draft
api.change_proposal                 | needs_fix revise | proposal.content_changed
api.change_proposal                 | * | - a draft
proposals.say_how_it_differs        | needs_fix revise | proposal.content_changed
proposals.say_how_it_differs        | * | - a draft
proposals.find_similar              | * | - it only asks
proposals.add_author                | * | proposal.authors_changed
proposals.change_author remove      | * | proposal.authors_changed
proposals.change_author attest      | * | proposal.contribution_attested
proposals.change_author lead        | draft unconfirmed sent_back needs_fix revise | proposal.authors_changed proposal.lead_passed_on
proposals.change_author lead        | * | proposal.lead_passed_on
proposals.set_shares                | * | proposal.authors_changed
proposals.upload                    | * | proposal.attachment_added
proposals.remove_file               | * | proposal.attachment_removed
proposals.choose_base               | * | proposal.base_chosen
proposals.discard                   | * | proposal.discarded
proposals.purge_as_secret           | * | proposal.secret_declared
proposals.submit                    | needs_fix | proposal.resubmitted
proposals.submit                    | revise | proposal.handed_in
proposals.submit                    | * | proposal.submitted
api.submit_proposal                 | * | proposal.submitted
proposals.confirm                   | * | proposal.contribution_confirmed
proposals.withdraw                  | * | proposal.withdrawn
proposals.complain                  | * | proposal.complaint_filed
proposals.answer_complaint          | * | proposal.complaint_answered
proposals.endorse                   | * | proposal.endorsed
proposals.endorse send_back         | * | proposal.sent_back
proposals.check_send accept         | * | proposal.accepted
proposals.check_send ask_fix        | * | proposal.fix_asked
proposals.check_send reject         | * | proposal.rejected
proposals.trial                     | * | proposal.trial_finished
proposals.trial fail                | * | proposal.trial_failed
proposals.verdict                   | * | proposal.similarity_looked_at
proposals.release                   | * | proposal.released
proposals.report_content            | * | proposal.content_reported
proposals.settle_reports            | * | proposal.reports_settled
proposals.propose_purge             | * | proposal.purge_proposed
proposals.take_back_purge           | * | proposal.purge_taken_back
proposals.confirm_purge             | * | proposal.purged
proposals.destroy_copy              | * | proposal.copy_destroyed
proposals.ask_glass                 | * | proposal.glass_asked
proposals.confirm_glass             | * | proposal.glass_opened
proposals.end_glass                 | * | proposal.glass_ended

boards.assign                       | * | boards.assigned
boards.unassign                     | * | boards.unassigned
boards.excuse                       | * | boards.assignment_excused
boards.reopen                       | * | boards.sheet_reopened
boards.apply_plan                   | * | boards.assigned
boards.plan_file                    | * | boards.assigned
boards.keep_apart                   | * | boards.kept_apart
boards.let_together                 | * | boards.let_together
boards.change_schedule              | * | boards.schedule_changed
boards.cover_words                  | * | boards.words_covered
boards.rule_file withhold           | * | boards.file_withheld
boards.rule_file release            | * | boards.file_released
boards.judge_conflict pin           | * | boards.recused
boards.judge_conflict dismiss       | * | boards.conflict_dismissed
boards.recuse                       | * | boards.recused
boards.withdraw_from                | * | boards.recused
boards.decline                      | * | boards.assignment_declined
boards.start_trial                  | * | proposal.trial_started
boards.open_scoring                 | * | proposal.scoring_opened
boards.close_overdue                | * | proposal.closed_overdue
boards.score_send                   | * | - a draft of a sheet
boards.score_send submit            | * | boards.sheet_submitted
boards.take_up                      | * | boards.item_taken_up
boards.reveal                       | * | proposal.revealed
boards.note_discussion              | * | boards.discussion_noted
boards.postpone                     | meeting | proposal.postponed
boards.postpone                     | * | boards.agenda_changed
boards.record_conclusion            | * | boards.conclusion_recorded
boards.record_revise                | * | boards.conclusion_recorded
boards.confirm_conclusion           | * | boards.conclusion_confirmed proposal.concluded
boards.open_vote                    | * | boards.vote_opened
boards.cast                         | * | - "nothing may join a person to an opinion: no commit order, time, log"
boards.close_vote                   | * | boards.vote_closed
boards.decide                       | * | boards.decision_recorded proposal.recognised
boards.decide decline               | * | boards.decision_recorded proposal.declined
boards.hold_outcomes recognise      | * | boards.outcomes_held
boards.hold_outcomes decline        | * | boards.outcomes_held
boards.hold_outcomes drop           | * | boards.outcomes_dropped
boards.publish_outcomes             | * | boards.decision_recorded proposal.recognised boards.certificate_issued boards.certificate_issued boards.outcomes_published
boards.correct_decision             | * | boards.decision_corrected
boards.propose_correction           | * | boards.correction_proposed
boards.confirm_correction           | * | boards.decision_corrected
boards.drop_correction              | * | boards.correction_dropped
boards.issue_certificates           | * | boards.certificate_issued boards.certificate_issued
boards.revoke                       | recognised_internal | boards.decision_recorded proposal.revoked
boards.revoke                       | * | boards.decision_recorded proposal.revoked boards.certificate_revoked boards.certificate_revoked
boards.forward                      | * | proposal.forwarded
"""

#: What a refusal writes: "refused and audited" (domain §9, cases 6 and 8).  All others write nothing.
REFUSAL_WRITES = {
    "boards.score_send": {"boards.sheet_change_refused"},
    "boards.reopen": {"boards.sheet_change_refused"},
    "boards.assign": {"boards.assignment_refused"},
    **dict.fromkeys(  # a wrong code of the second step, a wrong present password: counted and written down, never what was typed
        (
            "people.signin_code",
            "people.renew_recovery_codes",
            "people.switch_second_step_off",
            "people.change_password",
            "people.confirm_second_step",
            "people.end_sign_in",
            "people.end_other_sign_ins",
        ),
        {"people.secret_refused"},
    ),
}

#: What a page writes that only reads: that a copy of the whole dossier left the product, for a purge to list it (domain §8).
READING_WRITES = {"proposals.archive": {"proposal.dossier_saved"}}

ROWS = [tuple(part.strip() for part in line.split("|")) for line in WRITES.strip().splitlines() if line]


def declared(act: str, situation: str = "*") -> Counter[str] | None:
    """The events of an act in a situation, each as often as it is written; None when nobody said."""
    for name, situations, events in ROWS:
        if name == act and (situations == "*" or situation in situations.split()):
            return Counter() if events.startswith("-") else Counter(events.split())
    return None
