//! How deliveries are signed: what an algorithm needs is said, and nothing that it has no use for.

use super::Author;
use crate::document::Located;
use crate::pack::written::{BodyFormat, WrittenSignature};
use crate::pack::{
    Algorithm, Carrier, KeyForm, SignatureScheme, Template, TemplatePart, TemplateUse,
};

/// Validates a scheme.
pub(super) fn signature(
    written: &Located<WrittenSignature>,
    author: &mut Author<'_>,
) -> Option<SignatureScheme> {
    let one = &written.value;
    let over = one.over.as_ref().map(|text| author.template(text, TemplateUse::Signing));
    let value = match &one.value {
        Some(value) => author.template(value, TemplateUse::Signing),
        None => Some(Template(vec![hole("signature")])),
    };
    if let (Some(text), Some(value)) = (&one.value, &value)
        && !value.0.contains(&hole("signature"))
    {
        author.say(text.span, "the header's value holds `{signature}`");
    }
    needs(written, author);
    let carrier = carrier(written, author);
    let over = over.unwrap_or_else(|| Some(Template::default()));
    let is_form = one.body.as_ref().map_or_else(
        || over.as_ref().is_some_and(|over| over.0.contains(&hole("params"))),
        |body| body.value == BodyFormat::Form,
    );
    if let (Some(text), Some(over), Some(carrier)) = (&one.over, &over, &carrier) {
        signed(text, over, carrier, is_form, author);
    }
    let key = one.key.as_ref().map(|key| author.role(key));
    Some(SignatureScheme {
        carrier: carrier?,
        is_form,
        algorithm: one.algorithm,
        encoding: one.encoding.as_ref().map(|encoding| encoding.value),
        over: over?,
        value: value?,
        key: key.map_or(Some(None), |key| key.map(Some))?,
        key_form: one.key_form,
    })
}

fn hole(name: &str) -> TemplatePart {
    TemplatePart::Delivery(name.to_owned())
}

/// What the algorithm needs to be said, and what it has no use for.
fn needs(written: &Located<WrittenSignature>, author: &mut Author<'_>) {
    let (one, place) = (&written.value, written.place());
    let algorithm = one.algorithm;
    if algorithm.is_asymmetric() || written.absent {
        return;
    }
    let said = [
        ("over", one.over.as_ref().map(Located::place)),
        ("encoding", one.encoding.as_ref().map(Located::place)),
    ];
    for (key, said) in said {
        match (said, algorithm == Algorithm::SharedToken) {
            (None, false) => author.say(place, format!("{algorithm} needs the key `{key}`")),
            (Some(said), true) => {
                author.say(said, format!("a shared token is sent as it is, so it has no `{key}`"));
            }
            (None, true) | (Some(_), false) => {}
        }
    }
    if algorithm == Algorithm::SharedToken && one.key_form != KeyForm::Text {
        author.say(place, "a shared token is sent as it is, so it has no `key-form`");
    }
    if one.key.is_none() {
        author.say(place, format!("{algorithm} needs the key `key`, a role"));
    }
}

/// Either a header or a field.
fn carrier(written: &Located<WrittenSignature>, author: &mut Author<'_>) -> Option<Carrier> {
    let one = &written.value;
    match (&one.header, &one.field) {
        (Some(header), None) => Some(Carrier::Header(header.value.clone())),
        (None, Some(field)) => {
            if field.value.split('.').any(str::is_empty) && !field.absent {
                author.say(field.span, "a field is written as in `data.signature`");
            }
            Some(Carrier::Field(field.value.clone()))
        }
        (None, None) | (Some(_), Some(_)) => {
            if !written.absent {
                author.say(written.place(), "a signature names either its `header` or its `field`");
            }
            None
        }
    }
}

/// What is signed is there before the signature is.
fn signed(
    text: &Located<String>,
    over: &Template,
    carrier: &Carrier,
    is_form: bool,
    author: &mut Author<'_>,
) {
    if over.0.contains(&hole("signature")) {
        author.say(text.span, "a signature is not made over itself");
    }
    if matches!(carrier, Carrier::Field(_)) && over.0.contains(&hole("body")) {
        author.say(text.span, "a signature inside the body is not made over the whole body");
    }
    if !is_form && over.0.contains(&hole("params")) {
        author.say(text.span, "only a form has `{params}`");
    }
}
