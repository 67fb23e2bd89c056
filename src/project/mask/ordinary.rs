//! Words that give nothing away though a secret may hold them: half of all paths and names do, too.

use std::collections::BTreeSet;

use crate::pack::{Library, words};

/// Words of paths, of names and of what configuration is about; shorter ones matter in whole runs
/// of words only.
const WORDS: &str = "access account accounts admin alpha android api app application applications \
    assets auth authorization backend base begin beta billing bucket build cache callback certificate certs \
    client cloud cluster common compose config configs configuration connection console consumer container \
    core credential credentials customer dashboard data database default defaults demo deploy deployment \
    deployments dev develop development docker docs domain email encrypted encryption end endpoint env environment \
    environments events example examples external file files frontend function functions gateway global \
    google group groups helm host hosting identifier identity infra infrastructure integration \
    integrations internal invalid items jobs json kafka key keys kubernetes kustomize lambda live \
    local localhost login mail main manifest manifests master message messages metadata migration \
    mobile mode module modules mongo mongodb monitor monitoring mysql namespace network node notification \
    notifications number oauth overlay overlays overrides package packages partner passphrase passkey password \
    passwords payload payment payments platform playground policy postgres postgresql preview private \
    process prod production profile profiles project projects properties provider providers proxy \
    public publishable queue rabbitmq redirect redis region release releases remote replica report \
    request requests resource resources response review root runtime sample samples sandbox schema \
    script scripts secret secrets security sender server servers service services session sessions \
    setting settings shared signature signing site source staging stage storage stack subscription support \
    system target template templates tenant terraform test testing tests token tokens tools transfer uat \
    update upload url user username users value values variable variables vault vendor version volume web \
    webhook webhooks website worker workers workflow workflows workspace yaml";

/// The words that give nothing away.
#[derive(Debug)]
pub(super) struct Ordinary(BTreeSet<String>);

impl Ordinary {
    /// The usual ones, and those of the packs' own names for things.
    pub(super) fn of(library: &Library) -> Self {
        let mut ordinary: BTreeSet<String> = WORDS.split_whitespace().map(str::to_owned).collect();
        for pack in &library.packs {
            ordinary.extend(words(&pack.id));
            for role in pack.roles.values() {
                ordinary.extend(words(&role.id.role));
                ordinary.extend(role.names.iter().flat_map(|name| words(name)));
            }
        }
        Self(ordinary)
    }

    /// Which bytes of `secret`, in lower case, belong to nothing but ordinary words.
    pub(super) fn covers(&self, secret: &[u8]) -> Vec<bool> {
        let mut covered = vec![true; secret.len()];
        let mut start = 0;
        for run in secret.split(|byte| !byte.is_ascii_alphanumeric()) {
            let known = std::str::from_utf8(run).is_ok_and(|run| self.0.contains(run));
            if !known {
                covered.iter_mut().skip(start).take(run.len()).for_each(|one| *one = false);
            }
            start += run.len() + 1;
        }
        covered
    }

    /// Whether `part` is in the middle of an ordinary word.
    pub(super) fn holds(&self, part: &[u8]) -> bool {
        let Ok(part) = std::str::from_utf8(part) else { return false };
        part.bytes().all(|byte| byte.is_ascii_lowercase())
            && self.0.iter().any(|word| word.contains(part))
    }
}
