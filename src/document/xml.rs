//! XML. What names a setting differs from schema to schema, so the shapes that configuration comes
//! in are known: Android's resources and manifests, property lists, .NET's `<add key value>`, Maven's
//! profiles. Anything else is elements and attributes as nested maps.
//!
//! Declarations of entities are not read at all, so no text can grow or reach outside.

mod element;
mod known;
mod plist;

use roxmltree::{Document as Tree, Error, Node as Element, ParsingOptions};

use self::element::Reader;
use super::issues::Issues;
use super::{Document, IssueKind, Parsed};

/// How many nodes a text may hold.
const MAX_NODES: u32 = 1_000_000;

/// Reads a text as one document.
pub(super) fn parse(text: &str) -> Parsed {
    let mut issues = Issues::new(text);
    let declares = text.find("<!ENTITY");
    let options = ParsingOptions {
        allow_dtd: declares.is_none(),
        nodes_limit: MAX_NODES,
        ..ParsingOptions::default()
    };
    let tree = match Tree::parse_with_options(text, options) {
        Ok(tree) => tree,
        Err(error) => {
            broken(&mut issues, text, &error, declares);
            return issues.finish(Vec::new());
        }
    };
    let mut reader = Reader { text, issues };
    let root = root(&mut reader, tree.root_element());
    reader.issues.finish(vec![Document { index: 0, root }])
}

/// Reads a text that may be of any program: without a document where it does not begin as XML.
pub(super) fn parse_if_xml(text: &str) -> Parsed {
    let begins = text.trim_start_matches('\u{feff}').trim_start().starts_with('<');
    if begins && !text.contains("<VirtualHost") { parse(text) } else { Parsed::default() }
}

/// The root map. The name of a root that every file of its kind has says nothing and is left out.
fn root(reader: &mut Reader<'_>, element: Element<'_, '_>) -> super::Node {
    match element.tag_name().name() {
        "plist" => plist::root(reader, element),
        "resources" => known::resources(reader, element),
        "configuration" | "project" | "manifest" => reader.map(element, 0),
        _ => reader.within(element),
    }
}

/// Tells why a text is not read, in words that quote nothing of it.
fn broken(issues: &mut Issues<'_>, text: &str, error: &Error, declares: Option<usize>) {
    let (kind, message) = match error {
        Error::DtdDetected => {
            let at = declares.unwrap_or_default();
            let message = "declares entities, which are not read: write the values out";
            issues.push_at(IssueKind::Syntax, at, message);
            return;
        }
        Error::NodesLimitReached
        | Error::AttributesLimitReached
        | Error::NamespacesLimitReached => (IssueKind::Limit, "too many elements"),
        Error::UnknownNamespace(..) => (IssueKind::Syntax, "a prefix without its namespace"),
        Error::UnexpectedCloseTag(..) => (IssueKind::Syntax, "a closing tag of another element"),
        Error::UnknownEntityReference(..) => (IssueKind::Syntax, "an entity that is not known"),
        Error::DuplicatedAttribute(..) => (IssueKind::Syntax, "an attribute that stands twice"),
        Error::NoRootNode => (IssueKind::Syntax, "no element"),
        Error::UnclosedRootNode => (IssueKind::Syntax, "an element that is not closed"),
        Error::InvalidXmlPrefixUri(_)
        | Error::UnexpectedXmlUri(_)
        | Error::UnexpectedXmlnsUri(_)
        | Error::InvalidElementNamePrefix(_)
        | Error::DuplicatedNamespace(..)
        | Error::UnexpectedEntityCloseTag(_)
        | Error::MalformedEntityReference(_)
        | Error::EntityReferenceLoop(_)
        | Error::InvalidAttributeValue(_)
        | Error::UnexpectedDeclaration(_)
        | Error::InvalidName(_)
        | Error::NonXmlChar(..)
        | Error::InvalidChar(..)
        | Error::InvalidChar2(..)
        | Error::InvalidString(..)
        | Error::InvalidExternalID(_)
        | Error::EntityResolver(..)
        | Error::InvalidComment(_)
        | Error::InvalidCharacterData(_)
        | Error::UnknownToken(_)
        | Error::UnexpectedEndOfStream => (IssueKind::Syntax, "this is no XML"),
    };
    let position = error.pos();
    issues.push_at(kind, offset(text, position.row, position.col), message);
}

/// The byte at a line and a column in characters, both from one.
fn offset(text: &str, row: u32, column: u32) -> usize {
    let lines = usize::try_from(row.saturating_sub(1)).unwrap_or_default();
    let column = usize::try_from(column.saturating_sub(1)).unwrap_or_default();
    let start: usize = text.split_inclusive('\n').take(lines).map(str::len).sum();
    let line = text.get(start..).unwrap_or_default();
    start + line.char_indices().nth(column).map_or(line.len(), |(offset, _)| offset)
}

#[cfg(test)]
mod tests;
