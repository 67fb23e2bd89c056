//! What a stand-in for development prints: how to use it, what happens, and how often.

use std::fmt::Write;
use std::path::Path;

use jiff::Timestamp;

use super::super::show::shown;
use super::super::world::World;
use super::pair::Pairs;
use crate::pack::Pack;
use crate::source::Foreign;
use crate::standin::{HOST, Happening, LocalStandIn, What};

/// Says what happens.
pub(super) struct Told<'a> {
    world: &'a World<'a>,
    received: usize,
    refused: usize,
    sent: usize,
    taken: usize,
}

impl<'a> Told<'a> {
    pub(super) fn new(world: &'a World<'a>) -> Self {
        Self { world, received: 0, refused: 0, sent: 0, taken: 0 }
    }

    /// One thing that happened.
    pub(super) fn line(&mut self, happening: &Happening) -> String {
        let time = self.time(happening.at);
        match &happening.what {
            What::Received { asked, environment, status, why } => {
                self.received += 1;
                self.refused += usize::from(*status != 200);
                let whose = environment.as_deref().unwrap_or("nobody");
                let asked = asked.to_string();
                format!("{time}  <- {asked:<42} {status}  {whose}: {why}")
            }
            What::Sent { event, environment, status, why } => {
                self.sent += 1;
                self.taken += usize::from(*status == Some(200));
                let status = status.map_or_else(|| "---".to_owned(), |status| status.to_string());
                format!("{time}  -> {event:<42} {status}  {environment}: {why}")
            }
        }
    }

    /// What happened in all.
    pub(super) fn end(&self) -> String {
        format!(
            "\nEnded. {} requests received, {} of them refused; {} deliveries sent, {} of them \
             answered with 200\n",
            self.received, self.refused, self.sent, self.taken
        )
    }

    fn time(&self, seconds: u64) -> String {
        let at = i64::try_from(seconds).ok().and_then(|at| Timestamp::from_second(at).ok());
        let at = at.unwrap_or(self.world.clock).to_zoned(self.world.zone.clone());
        at.strftime("%H:%M:%S").to_string()
    }
}

/// How to use it.
pub(super) fn head(
    stand_in: &LocalStandIn,
    pairs: &Pairs,
    (pack, authority): (&Pack, &Path),
) -> String {
    let address = stand_in.address;
    let tls = stand_in.ca_pem.is_some();
    let base = if tls { format!("https://{HOST}") } else { format!("http://{address}") };
    let own = if tls { format!("https://{address}") } else { base.clone() };
    let mut text = format!(
        "Begini stands in at {own}, for development. It answers this machine alone.\n\n\
         # for .env.sandbox\nBEGINI_BASE_URL={base}\n"
    );
    settings(&mut text, pairs);
    let ca = if tls { format!(" --cacert {}", shown(authority)) } else { String::new() };
    let events: Vec<&str> = pack.events.keys().map(String::as_str).collect();
    let events: Vec<String> = events.chunks(3).map(|some| some.join(", ")).collect();
    let _ = write!(
        text,
        "\nA session   curl{ca} {own}/v1/sessions-management/tokens -H \"api-key: \
         $BEGINI_API_KEY\" \\\n              --json '{{\"uid\": \"loan00001\", \
         \"integration_id\": \"'$BEGINI_INTEGRATION_ID'\"}}'\n\
         Self-test   curl{ca} -X POST {own}/v1/webhooks-management/test -H \"api-key: \
         $BEGINI_API_KEY\"\n\
         An event    curl{ca} -X POST {own}/_golive/events/psychometric_score.complete\n\
         \x20           of {}\n\
         A forgery   curl{ca} -X POST \
         '{own}/_golive/events/application.complete?signature=tampered'\n",
        events.join(",\n               ")
    );
    if tls {
        let receiver = pairs.receiver.as_deref().map_or_else(String::new, |url| {
            format!(" \\\n              --receiver begini/webhook-url={}", Foreign::new(url))
        });
        let _ = writeln!(
            text,
            "A check     golive check --live --connect {HOST}={address} \\\n              \
             --trust-ca {}{receiver}",
            shown(authority)
        );
    }
    if pairs.receiver.is_none() {
        text.push_str("No receiver is known, so no event is sent: --receiver URL\n");
    }
    text.push_str("Ctrl-C ends it.\n");
    text
}

/// The lines of a dotenv file. What came from the team's own file is not shown.
fn settings(text: &mut String, pairs: &Pairs) {
    let [sandbox, production] = &*pairs.deployments else { return };
    let line = |text: &mut String, name: &str, value: &str, from: Option<&str>| {
        let _ = match from {
            Some(from) => writeln!(text, "# {name} is the one of {from}"),
            None => writeln!(text, "{name}={value}"),
        };
    };
    line(text, "BEGINI_API_KEY", sandbox.api_key.expose(), pairs.key_from.as_deref());
    let id = Foreign::new(&*sandbox.integration_id).to_string();
    line(text, "BEGINI_INTEGRATION_ID", &id, pairs.id_from.as_deref());
    if let Some(url) = &pairs.receiver {
        let _ = writeln!(text, "BEGINI_WEBHOOK_URL={}", Foreign::new(&**url));
    }
    let _ = writeln!(
        text,
        "\n# production's pair, to try that the two do not mix\n# BEGINI_API_KEY={}\n\
         # BEGINI_INTEGRATION_ID={}",
        production.api_key.expose(),
        production.integration_id
    );
}
