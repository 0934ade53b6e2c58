"""Pressing the steps of reports and tips."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, cast

from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from complaints.codes import ReporterKind
from complaints.forms.staff.people import reporter_of
from complaints.forms.staff.report import CompleteForm, IdentifyForm, OfficeStepForm, ReceiveForm
from complaints.forms.staff.steps import StepForm
from complaints.models import Party, Report, Tip
from complaints.selectors.file_facts import evidence_of
from complaints.selectors.filing import EASTERNMOST
from complaints.selectors.numbers import next_number
from complaints.selectors.report_file import check_rows
from complaints.services.completion import complete_report
from complaints.services.identify_informant import Named, identify_informant
from complaints.services.media_types import FileRefused
from complaints.services.receive_report import receive_report
from complaints.views.loading import load_report, load_tip
from complaints.views.public.uploads import arrived, too_big
from complaints.views.staff.report import entry_url
from complaints.views.steps import Door, StepPages, step_page
from complaints.workflow.actions import ReportAction as R, TipAction as T
from complaints.workflow.report import REPORT
from complaints.workflow.tip import TIP
from neutrality.accounts.http import StaffRequest
from neutrality.law.codes import RegisterKind


def _originals(request: StaffRequest, report: Report) -> Mapping[str, Any]:  # noqa: ARG001
    rows = evidence_of(report.matter)
    return {"originals": [(row.public_id, str(row)) for row in rows]}


def _number_facts(request: StaffRequest, report: Report) -> Mapping[str, Any]:
    kind, clock = RegisterKind.LP, request.clock
    number = next_number(kind=kind, office=report.office, contest=report.contest, clock=clock)
    return {"next_number": number}


def _receive(request: StaffRequest, report: Report, form: StepForm) -> object:
    return receive_report(
        report_id=report.pk,
        originals=form.cleaned_data.get("asli") or (),
        context=form.step_context(),
        actor=request.actor,
        clock=request.clock,
    )


def _missing_facts(request: StaffRequest, report: Report) -> Mapping[str, Any]:
    rows = check_rows(report=report, clock=request.clock)
    return {"missing": [row for row in rows if row.verdict == "NOT_MET" and not row.is_old]}


def _complete(request: StaffRequest, report: Report, form: StepForm) -> object:
    for name in too_big(request):
        form.add_error("berkas", _("%(name)s terlalu besar dan tidak diterima.") % {"name": name})
    if form.errors:
        return None
    try:
        return complete_report(
            report=report,
            answer=form.cleaned_data["jawaban"],
            files=arrived(request, "berkas"),
            expected_version=cast("int", form.cleaned_data["versi"]),
            actor=request.actor,
            clock=request.clock,
        )
    except FileRefused as refused:
        form.add_error("berkas", str(refused.sentence))
        return None


def _about(request: StaffRequest, tip: Tip) -> Mapping[str, Any]:
    named = Party.objects.filter(tip=tip, kind="REPORTER", identity__isnull=False).exists()
    return {"named": named, "today": request.clock.today_in(EASTERNMOST)}


def _identify(request: StaffRequest, tip: Tip, form: StepForm) -> object:
    given = form.cleaned_data
    asked = "nama" in form.fields
    named = Named(
        identity=reporter_of(given) if asked else None,
        reporter_kind=ReporterKind(given.get("sebagai") or ReporterKind.VOTER),
        coworker=given.get("rekan", False),
        expected_version=given.get("versi"),
    )
    return identify_informant(tip_id=tip.pk, named=named, actor=request.actor, clock=request.clock)


REPORT_DOORS: Final[Mapping[str, Door]] = MappingProxyType(
    {
        R.REROUTE: Door(form=OfficeStepForm, prefilled=("kantor",)),
        R.RECEIVE: Door(
            form=ReceiveForm,
            form_options=_originals,
            facts=_number_facts,
            perform=_receive,
            template="complaints/staff/step_receive.html",
        ),
        R.TAKE_AS_TIP: Door(),
        R.START_REVIEW: Door(),
        R.ASK_FOR_COMPLETION: Door(
            facts=_missing_facts, template="complaints/staff/step_completion.html"
        ),
        R.COMPLETE: Door(form=CompleteForm, perform=_complete),
        R.ACCEPT_TRANSFER: Door(),
        R.WITHDRAW: Door(
            lead=gettext_lazy("Catat hanya bila pelapor sendiri mencabut laporannya.")
        ),
        R.RECORD_WITHDRAWAL: Door(
            lead=gettext_lazy("Penanganan tetap berjalan; pencabutan hanya dicatat.")
        ),
    }
)
TIP_DOORS: Final[Mapping[str, Door]] = MappingProxyType(
    {
        T.TRACE: Door(),
        T.TRANSFER: Door(form=OfficeStepForm),
        T.ACCEPT_TRANSFER: Door(),
        T.CLOSE: Door(),
        T.IDENTIFY: Door(
            form=IdentifyForm,
            form_options=_about,
            perform=_identify,
            lead=gettext_lazy(
                "Informasi awal menjadi laporan dengan kode rahasia yang sama. Identitas disegel"
                " dan hanya dibuka dengan alasan."
            ),
        ),
    }
)

report_step = sensitive_post_parameters()(
    step_page(StepPages(workflow=REPORT, load=load_report, form_for=REPORT_DOORS, back=entry_url))
)
tip_step = sensitive_post_parameters()(
    step_page(StepPages(workflow=TIP, load=load_tip, form_for=TIP_DOORS, back=entry_url))
)
