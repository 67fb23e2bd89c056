//! What editors know about packs and checks.

use super::written::{WrittenCheck, WrittenCodes, WrittenPack};

/// The JSON Schema (draft 2020-12) of a `pack.yaml`.
pub fn pack_schema() -> serde_json::Value {
    schemars::schema_for!(WrittenPack).into()
}

/// The JSON Schema (draft 2020-12) of a `codes.yaml`.
pub fn codes_schema() -> serde_json::Value {
    schemars::schema_for!(WrittenCodes).into()
}

/// The JSON Schema (draft 2020-12) of a check.
pub fn check_schema() -> serde_json::Value {
    schemars::schema_for!(WrittenCheck).into()
}
