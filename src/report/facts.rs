//! Facts as JSON, as [`crate::project::facts_schema`] describes them.

use super::json;
use crate::project::FactsPage;

/// Writes facts, ending with a newline.
pub fn facts(page: &FactsPage) -> String {
    json::text(page)
}
