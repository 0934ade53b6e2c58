"""What the liaison of a body sees and does: its items, their packages, its own steps."""

from complaints.views.referral_items import (
    BODY_SIDE,
    archive_view,
    confirm_view,
    item_view,
    number_view,
    paper_view,
    queue_view,
    step_view,
)

items = queue_view(BODY_SIDE)
item = item_view(BODY_SIDE)
item_step = step_view(BODY_SIDE)
item_number = number_view(BODY_SIDE)
item_paper = paper_view(BODY_SIDE)
package_archive = archive_view(BODY_SIDE)
confirm = confirm_view(BODY_SIDE)
