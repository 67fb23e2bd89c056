//! HCL: Terraform's `.tf` and `.tfvars`. A block is a map under its name and its labels, blocks of
//! one name are a list, and a variable is its default (`variable "x" { default = 1 }` is `variable.x`).
//! `var.x` is a reference to `x`, `local.x` to `locals.x`; any other expression is a hole.

mod blame;
mod body;
mod value;

use std::thread;

use hcl_edit::parser::parse_body;

use self::body::Reader;
use super::issues::{Issues, byte_order_mark};
use super::{Document, IssueKind, Parsed};

/// How much stack the parser gets. It calls itself for what lies in each other, up to a limit of its
/// own, and the stack of the caller may be too small for that.
const STACK: usize = 32 << 20;

/// Reads a whole text as one document that is a map; a text with a fault has none.
pub(super) fn parse(text: &str) -> Parsed {
    let apart = thread::scope(|scope| {
        let parser = thread::Builder::new().stack_size(STACK);
        parser.spawn_scoped(scope, || read(text)).ok()?.join().ok()
    });
    apart.unwrap_or_else(|| {
        let mut issues = Issues::new(text);
        issues.push_at(IssueKind::Limit, 0, "cannot be read on this machine");
        issues.finish(Vec::new())
    })
}

fn read(text: &str) -> Parsed {
    let offset = byte_order_mark(text);
    let body = text.get(offset..).unwrap_or_default();
    let mut issues = Issues::new(text);
    match parse_body(body) {
        Ok(body) => {
            let mut reader = Reader { text, offset, issues };
            let root = reader.root(&body);
            reader.issues.finish(vec![Document { index: 0, root }])
        }
        Err(error) => {
            let is_limit = error.message().contains("nesting") || error.message().contains("depth");
            let at = offset + blame::place(body, error.location().offset());
            if is_limit {
                issues.push_at(IssueKind::Limit, at, "nested too deeply");
            } else {
                issues.push_at(IssueKind::Syntax, at, "this is no HCL from here on");
            }
            issues.finish(Vec::new())
        }
    }
}

#[cfg(test)]
mod tests;
