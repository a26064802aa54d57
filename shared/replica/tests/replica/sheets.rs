//! Recovery sheets and their phrases.

use proptest::prelude::*;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use replica::kit::{FRAGMENT, PhraseError, SheetError};
use replica::{InviteLink, InviteLinkError, KitSecret, RecoverySheet};
use wire::{Hash, SpaceId};

fn secret(seed: u64) -> KitSecret {
    KitSecret::make(&mut ChaCha8Rng::seed_from_u64(seed))
}

fn sheet() -> RecoverySheet {
    RecoverySheet {
        origin: "https://rapport.example:7117".into(),
        space: SpaceId([0x11; 32]),
        head: Hash([0x22; 32]),
        secret: secret(4),
    }
}

#[test]
fn a_sheet_comes_back_from_its_link_and_from_its_whole_text() {
    let sheet = sheet();
    let url = sheet.url("https://app.example/");
    assert!(url.starts_with(&format!("https://app.example/{FRAGMENT}")));
    let printed = format!("Relay {}\nPhrase {}\n\n{url}\n", sheet.origin, sheet.phrase());
    for text in [sheet.format(), url.clone(), format!("  {url}\n"), printed] {
        assert_eq!(RecoverySheet::parse(&text), Ok(sheet.clone()), "{text}");
    }
    assert_eq!(RecoverySheet::parse("https://app.example/#join=abc"), Err(SheetError::Foreign));
    assert_eq!(InviteLink::parse(&sheet.format()), Err(InviteLinkError::Foreign));
    let code = sheet.format();
    for length in 7..code.len() {
        assert_eq!(RecoverySheet::parse(&code[..length]), Err(SheetError::Truncated), "{length}");
    }
}

#[test]
fn a_phrase_is_eight_groups_of_four_plain_letters() {
    let phrase = secret(1).phrase();
    let groups: Vec<&str> = phrase.split('-').collect();
    assert_eq!(groups.len(), 8);
    for group in groups {
        assert_eq!(group.len(), 4);
        assert!(
            group.bytes().all(|it| b"0123456789ABCDEFGHJKMNPQRSTVWXYZ".contains(&it)),
            "{group}"
        );
    }
}

#[test]
fn what_is_no_phrase_says_why() {
    let phrase = secret(1).phrase();
    let check = |text: &str, expected| assert_eq!(KitSecret::parse(text), Err(expected), "{text}");
    check("", PhraseError::Length { expected: 32, found: 0 });
    check(&phrase[1..], PhraseError::Length { expected: 32, found: 31 });
    check(&format!("{phrase}0"), PhraseError::Length { expected: 32, found: 33 });
    check(&phrase.replacen(char::is_alphanumeric, "U", 1), PhraseError::Letter { letter: 'U' });
    check(&phrase.replacen(char::is_alphanumeric, "ä", 1), PhraseError::Letter { letter: 'ä' });
}

#[test]
fn the_number_of_a_space_comes_back_as_it_is_typed() {
    let number = sheet().number();
    assert_eq!(number.split('-').map(str::len).collect::<Vec<_>>(), [4; 14]);
    let check = |text: &str, expected| {
        assert_eq!(RecoverySheet::parse_number(text), expected, "{text}");
    };
    check(&number, Ok(sheet().space));
    check(&number.replace('-', " ").to_lowercase(), Ok(sheet().space));
    check(&number.replacen(['0', '1', '2', '3'], "Z", 1), Err(PhraseError::Mistyped));
    check(&number[1..], Err(PhraseError::Length { expected: 56, found: 55 }));
    check(&sheet().phrase(), Err(PhraseError::Length { expected: 56, found: 32 }));
}

proptest! {
    #[test]
    fn every_phrase_is_read_as_it_is_typed(seed: u64, lower: bool) {
        let secret = secret(seed);
        let phrase = secret.phrase();
        prop_assert_eq!(KitSecret::parse(&phrase), Ok(secret.clone()));
        let typed = phrase.replace('-', " ").replace('0', "o").replace('1', "l");
        let typed = if lower { typed.to_lowercase() } else { typed };
        prop_assert_eq!(KitSecret::parse(&typed), Ok(secret));
    }

    #[test]
    fn a_mistyped_letter_is_noticed(seed: u64, at in 0usize..39, letter in 0usize..32) {
        let phrase = secret(seed).phrase();
        let other = &"0123456789ABCDEFGHJKMNPQRSTVWXYZ"[letter..=letter];
        prop_assume!(&phrase[at..=at] != "-" && &phrase[at..=at] != other);
        let typed = format!("{}{other}{}", &phrase[..at], &phrase[at + 1..]);
        prop_assert_eq!(KitSecret::parse(&typed), Err(PhraseError::Mistyped));
    }
}
