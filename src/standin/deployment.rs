//! What Begini's dashboard holds, as data.

use crate::source::Secret;

/// One tab of one deployment in Begini's dashboard.
/// <https://begini.helpjuice.com/Psychometric-Integration/test-and-production-environments>
#[derive(Clone, Debug)]
pub struct Deployment {
    /// The environment it serves, for the log: `sandbox`, `ci`, `production`.
    pub environment: String,
    /// The key that calls with and that signs webhooks.
    pub api_key: Secret,
    /// The integration id.
    pub integration_id: String,
    /// Where webhooks go; none where nobody has set it.
    pub webhook_url: Option<String>,
}

/// The deployment that `key` belongs to.
pub(super) fn of_key<'a>(deployments: &'a [Deployment], key: &str) -> Option<&'a Deployment> {
    let key = Secret::new(key);
    deployments.iter().find(|deployment| !key.is_empty() && deployment.api_key == key)
}
