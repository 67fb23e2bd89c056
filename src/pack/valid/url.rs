//! Where a request goes: over https, to a host of its own pack.

use super::Author;
use crate::document::Located;
use crate::expression::Fact;
use crate::pack::{Class, Kind, Template, TemplatePart, TemplateUse, is_host_parameter};
use crate::source::Span;

/// The URL of a request that touches `classes`, all of which its host serves. A host that only the project's settings tell
/// is judged when the request is filled.
pub(super) fn url(
    text: &Located<String>,
    classes: &[Class],
    author: &mut Author<'_>,
) -> Option<Template> {
    if text.absent {
        return None;
    }
    let parts = author.parts(&text.value, text.span, TemplateUse::Sending)?;
    let starts_with_role = matches!(parts.first(), Some((TemplatePart::Role(_), _)));
    if starts_with_role {
        url_role(&parts, author);
    } else {
        written_host(text, &parts, classes, author);
    }
    Some(Template(parts.into_iter().map(|(part, _)| part).collect()))
}

/// A role that stands for scheme and host holds a URL.
fn url_role(parts: &[(TemplatePart, Span)], author: &mut Author<'_>) {
    let Some((TemplatePart::Role(role), place)) = parts.first() else { return };
    let kind = author.own().and_then(|own| own.roles.get(&role.role).copied().flatten());
    if kind.is_some_and(|kind| !matches!(kind, Kind::Url | Kind::WebhookUrl)) {
        author.say(*place, "a request starts with `https://` or with a role that holds a url");
    }
}

/// A host that is written, or that a parameter gives.
fn written_host(
    text: &Located<String>,
    parts: &[(TemplatePart, Span)],
    classes: &[Class],
    author: &mut Author<'_>,
) {
    let Some(own) = author.own() else { return };
    let mut filled = String::new();
    let mut said_elsewhere = false;
    for (part, place) in parts {
        let in_host = filled.contains("://") && filled.matches('/').count() < 3;
        match part {
            TemplatePart::Text(text) => filled.push_str(text),
            TemplatePart::Parameter(name) => match own.parameters.get(name) {
                Some(Fact::Text(value)) => {
                    filled.push_str(value);
                    said_elsewhere |= is_host_parameter(name) && !own.hosts.knows(value);
                }
                Some(Fact::Int(value)) => filled.push_str(&value.to_string()),
                Some(
                    Fact::Null | Fact::Bool(_) | Fact::Float(_) | Fact::List(_) | Fact::Map(_),
                )
                | None => return,
            },
            TemplatePart::Role(_)
            | TemplatePart::RoleOf(..)
            | TemplatePart::RandomUid
            | TemplatePart::Fabricated
            | TemplatePart::Now
            | TemplatePart::Capture(_)
            | TemplatePart::Delivery(_) => {
                if in_host {
                    author.say(*place, "a host is written, or given by a parameter of the pack");
                    return;
                }
                filled.push('x');
            }
        }
    }
    let place = text.span;
    let Ok(url) = url::Url::parse(&filled) else {
        author.say(place, "this is no url");
        return;
    };
    let host = url.host_str().unwrap_or_default();
    if url.scheme() != "https" {
        author.say(place, "requests go over https only");
    } else if !url.username().is_empty() || url.password().is_some() {
        author.say(place, "a url holds no user name and no password");
    } else if let Some(class) =
        classes.iter().find(|class| !said_elsewhere && !own.hosts.serves(**class, host, url.path()))
    {
        let message = format!("this host is none of the pack's hosts for {}", class.as_str());
        let help = format!("name it in `pack.yaml` under `hosts` as {} or shared", class.as_str());
        author.say_with(place, message, Some(help));
    }
}
