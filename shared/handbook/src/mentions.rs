//! Colleagues named in a text with an `@`.
//!
//! The text alone says who is meant, so nothing has to be kept in step with it while it is typed. A full name is taken as it stands; a
//! first name too, where only one colleague has it.

use std::collections::BTreeSet;

use crate::search::fold;

/// Who of `team`, given with their names, is named in `text`.
pub fn mentioned<I: Copy + Ord>(text: &str, team: &[(I, String)]) -> BTreeSet<I> {
    let signs = text.match_indices('@').filter(|(at, _)| begins(text, *at));
    signs.filter_map(|(at, _)| named(text.get(at + 1..)?, team)).collect()
}

/// The colleague whose name a text begins with; the longest name wins, so that "@Anna Berg" is not Anna Bergmann's namesake.
fn named<I: Copy + Ord>(text: &str, team: &[(I, String)]) -> Option<I> {
    let text = fold(text);
    let stands = |name: &str| {
        let rest = text.strip_prefix(name).filter(|_| !name.is_empty());
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    let full = team.iter().filter(|(_, name)| stands(&fold(name)));
    if let Some((who, _)) = full.max_by_key(|(_, name)| name.len()) {
        return Some(*who);
    }
    let mut firsts = team.iter().filter(|(_, name)| stands(first(&fold(name))));
    match (firsts.next(), firsts.next()) {
        (Some((who, _)), None) => Some(*who),
        _ => None,
    }
}

/// The name that is being typed at the end of `text`: where its `@` stands, in bytes, and the colleagues it may become, by name.
pub fn asked<'a, I: Copy>(
    text: &str,
    team: &'a [(I, String)],
) -> Option<(usize, Vec<&'a (I, String)>)> {
    let at = text.rfind('@').filter(|at| begins(text, *at))?;
    let typed = fold(text.get(at + 1..)?);
    let mut fitting: Vec<&(I, String)> = team
        .iter()
        .filter(|(_, name)| {
            let name = fold(name);
            // A name that stands there whole is not asked for any more.
            name.starts_with(&typed) && name != typed
                || name.split(' ').skip(1).any(|part| !typed.is_empty() && part.starts_with(&typed))
        })
        .collect();
    fitting.sort_by_cached_key(|(_, name)| fold(name));
    (!fitting.is_empty()).then_some((at, fitting))
}

/// An `@` in the middle of a word belongs to an address.
fn begins(text: &str, at: usize) -> bool {
    text.get(..at).is_some_and(|before| !before.ends_with(|sign: char| sign.is_alphanumeric()))
}

fn first(name: &str) -> &str {
    name.split(' ').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn team() -> Vec<(u8, String)> {
        let names = ["Anna Berg", "Anna Bergmann", "Bruno Díaz", "Carla"];
        (1..).zip(names.map(str::to_owned)).collect()
    }

    #[test]
    fn who_is_named() {
        let check = |text: &str, expected: &[u8]| {
            let found: Vec<u8> = mentioned(text, &team()).into_iter().collect();
            assert_eq!(found, expected, "{text}");
        };
        check("@Bruno Díaz please call", &[3]);
        check("@bruno diaz, please", &[3]);
        check("Ask @Bruno.", &[3]);
        check("@Carla and @Anna Bergmann", &[2, 4]);
        check("@Anna Berg", &[1]);
        check("@Anna has the file", &[]); // two of them
        check("@Brunos list", &[]);
        check("carla@merrow.example", &[]);
        check("(@Carla)", &[4]);
        check("@", &[]);
        check("", &[]);
    }

    #[test]
    fn who_may_be_meant_while_it_is_typed() {
        let check = |text: &str, expected: Option<(usize, &[u8])>| {
            let team = team();
            let found = asked(text, &team);
            let found =
                found.map(|(at, who)| (at, who.into_iter().map(|(id, _)| *id).collect::<Vec<_>>()));
            assert_eq!(found.as_ref().map(|(at, who)| (*at, who.as_slice())), expected, "{text}");
        };
        check("@", Some((0, &[1, 2, 3, 4])));
        check("Ask @ann", Some((4, &[1, 2])));
        check("Ask @diaz", Some((4, &[3])));
        check("@Anna Berg", Some((0, &[2]))); // one of them goes on
        check("@Carla", None); // it stands there
        check("@Carla please", None);
        check("carla@me", None);
        check("nobody", None);
    }
}
