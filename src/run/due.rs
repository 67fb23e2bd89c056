//! Which checks a gate asks.

use crate::pack::{Check, Gate, Step, Subject};

/// Whether a check is due at a gate.
pub(super) fn is_due(check: &Check, gate: Gate) -> bool {
    match gate {
        Gate::Change => {
            check.step != Step::MonitorLive
                && !check.subject.is_live()
                && !matches!(check.subject, Subject::Confirm(_) | Subject::Evidence(_))
        }
        Gate::Sandbox => matches!(
            check.step,
            Step::BuildInSandbox | Step::ValidateWebhooks | Step::ConfirmDataFlow
        ),
        Gate::Launch => check.step != Step::MonitorLive,
        Gate::Live => check.step == Step::MonitorLive,
    }
}
