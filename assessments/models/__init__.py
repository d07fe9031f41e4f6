"""What is stored: people and teams, assessments with their answers, history and versions, and who agreed."""

from .access_token import AccessToken, SentBefore
from .assessment import Assessment
from .audit import AuditEvent, AuditHead
from .comment import Comment
from .drawn_pdf import DrawingState, DrawnPdf
from .evidence import EvidenceFile, EvidenceImport, EvidencePiece, ImportState
from .labelling import FailureLabel, FailureText
from .letterhead import Letterhead
from .list_entry import ListEntry
from .market_file import MarketFile
from .queued import QueuedWork
from .rating import Rater, RatingRound
from .share_link import ShareLink
from .sign_off import Approval, ApprovalCondition, SignOff
from .team_framework import FrameworkTrial, FrameworkVersion, TeamFramework, TrialState
from .tries import Tries
from .user import User
from .value import StoredValue, ValueChange
from .version import Version
from .webhook import DeliveryState, Webhook, WebhookDelivery, WebhookEvent
from .workspace import Invitation, Membership, Role, Workspace

__all__ = [
    "AccessToken",
    "Approval",
    "ApprovalCondition",
    "Assessment",
    "AuditEvent",
    "AuditHead",
    "Comment",
    "DeliveryState",
    "DrawingState",
    "DrawnPdf",
    "EvidenceFile",
    "EvidenceImport",
    "EvidencePiece",
    "FailureLabel",
    "FailureText",
    "FrameworkTrial",
    "FrameworkVersion",
    "ImportState",
    "Invitation",
    "Letterhead",
    "ListEntry",
    "MarketFile",
    "Membership",
    "QueuedWork",
    "Rater",
    "RatingRound",
    "Role",
    "SentBefore",
    "ShareLink",
    "SignOff",
    "StoredValue",
    "TeamFramework",
    "TrialState",
    "Tries",
    "User",
    "ValueChange",
    "Version",
    "Webhook",
    "WebhookDelivery",
    "WebhookEvent",
    "Workspace",
]
