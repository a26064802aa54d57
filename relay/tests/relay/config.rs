//! Settings from the command line, the environment and a file, with the binary as it is run.

use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

struct Settings {
    folder: TempDir,
}

impl Settings {
    fn new(text: &str) -> Self {
        let settings = Self { folder: tempfile::tempdir().unwrap() };
        std::fs::write(settings.file(), text).unwrap();
        settings
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("rapport.toml")
    }

    /// What `rapport config` says, or why it does not.
    fn come_to(&self, args: &[&str], environment: &[(&str, &str)]) -> Result<String, String> {
        self.rapport("config", args, environment)
    }

    /// What a command says, or why it does not succeed.
    fn rapport(
        &self,
        command: &str,
        args: &[&str],
        environment: &[(&str, &str)],
    ) -> Result<String, String> {
        let output = Command::new(env!("CARGO_BIN_EXE_rapport"))
            .arg(command)
            .arg("--config")
            .arg(self.file())
            .args(args)
            .envs(environment.iter().copied())
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        if output.status.success() { Ok(text(output.stdout)) } else { Err(text(output.stderr)) }
    }
}

#[test]
fn the_command_line_counts_before_the_environment_and_that_before_the_file() {
    let settings = Settings::new(
        "listen = '0.0.0.0:1'\nspace-rows = 1_000\nopen-registration = true\n\
         public-origin = ['https://a.b', 'https://c.d']\nspace-bytes = '1GiB'\n",
    );
    let file = settings.file().display().to_string();
    let said = settings.come_to(&[], &[]).unwrap();
    for line in [
        format!("listen = \"0.0.0.0:1\" # {file}"),
        format!("space-rows = 1000 # {file}"),
        format!("open-registration = true # {file}"),
        format!("public-origin = [\"https://a.b\", \"https://c.d\"] # {file}"),
        "store = \"sqlite\" # default".to_owned(),
    ] {
        assert!(said.lines().any(|said| said == line), "{line}: {said}");
    }
    let environment = [("RAPPORT_LISTEN", "0.0.0.0:2"), ("RAPPORT_OPEN_REGISTRATION", "0")];
    let said = settings.come_to(&["--public-origin", "https://e.f"], &environment).unwrap();
    for line in [
        "listen = \"0.0.0.0:2\" # RAPPORT_LISTEN",
        "open-registration = false # RAPPORT_OPEN_REGISTRATION",
        "public-origin = [\"https://e.f\"] # command line",
    ] {
        assert!(said.lines().any(|said| said == line), "{line}: {said}");
    }
    let said = settings.come_to(&["--listen", "0.0.0.0:3"], &environment).unwrap();
    assert!(said.contains("listen = \"0.0.0.0:3\" # command line"), "{said}");
    // What it prints is a file that says the same.
    let again = Settings::new(&said);
    let values = |said: &str| {
        said.lines().map(|line| line.split(" # ").next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(values(&again.come_to(&[], &[]).unwrap()), values(&said));
}

#[test]
fn a_file_that_makes_no_sense_says_where_and_why() {
    for (given, line, expected) in [
        ("listen = '0.0.0.0:1'\n\nlisden = 1\n", 3, "`lisden` is no option of `serve`"),
        ("# all of it\nlisten = 'here'\n", 2, "invalid value 'here' for '--listen"),
        ("space-rows = -1\n", 1, "invalid value '-1' for '--space-rows"),
        ("space-bytes = 0\n", 1, "is not a number of bytes"),
        ("store = 'paper'\n", 1, "invalid value 'paper' for '--store"),
        ("listen = ['0.0.0.0:1', '0.0.0.0:2']\n", 1, "`listen` takes one value"),
        ("[limits]\nspace-rows = 1\n", 1, "`limits` is no option of `serve`"),
        ("data = { folder = 'x' }\n", 1, "a value is a text"),
        ("data = 'a'\ndata = 'b'\n", 2, "duplicate key"),
        ("data = \n", 1, ""),
        ("config = 'another.toml'\n", 1, "`config` is no option of `serve`"),
        ("help = true\n", 1, "`help` is no option of `serve`"),
    ] {
        let settings = Settings::new(given);
        let error = settings.come_to(&[], &[]).unwrap_err();
        let place = format!("{}:{line}: ", settings.file().display());
        assert!(error.contains(&place) && error.contains(expected), "{given:?}: {error}");
    }
    let settings = Settings::new("");
    std::fs::remove_file(settings.file()).unwrap();
    let error = settings.come_to(&[], &[]).unwrap_err();
    assert!(error.contains("cannot read the settings in"), "{error}");
}

#[test]
fn the_password_of_a_database_is_never_shown() {
    const URL: &str = "postgres://rapport:secret@127.0.0.1:1/handbook";
    let settings = Settings::new(&format!("database = '{URL}'\ndatabase-ca = 'ca.pem'\n"));
    let hidden = "# database: set, and not shown";
    let said = settings.come_to(&[], &[]).unwrap();
    assert!(said.lines().any(|line| line == hidden), "{said}");
    assert!(said.contains("database-ca = \"ca.pem\" # "), "{said}");
    let help = settings.rapport("serve", &["--help"], &[]).unwrap();
    assert!(help.contains("--database <URL>"), "{help}");
    // Nor in what is said where it is of no use: nobody listens there, or it makes no sense.
    let nobody = settings.rapport("stats", &[], &[]).unwrap_err();
    let wrong = settings.rapport("stats", &["--database", "postgres://a:secret@b?c=d"], &[]);
    let wrong = wrong.unwrap_err();
    assert!(nobody.contains("cannot use") || nobody.contains("cannot reach"), "{nobody}");
    assert!(wrong.contains("address cannot be read"), "{wrong}");
    let useless = Settings::new("database = 1\n");
    assert!(useless.rapport("stats", &[], &[]).unwrap_err().contains("address cannot be read"));
    for said in [said, help, nobody, wrong] {
        assert!(!said.contains("secret"), "{said}");
    }

    let none = Settings::new("");
    let said = none.come_to(&[], &[]).unwrap();
    assert!(said.lines().any(|line| line == "# database: default"), "{said}");
    for (args, environment) in
        [(&["--database", URL][..], &[][..]), (&[], &[("RAPPORT_DATABASE", URL)])]
    {
        let said = none.come_to(args, environment).unwrap();
        assert!(said.lines().any(|line| line == hidden) && !said.contains("secret"), "{said}");
    }
}

#[test]
fn a_store_that_keeps_nothing_does_not_take_the_place_of_a_database() {
    let settings = Settings::new("database = 'postgres://127.0.0.1:1/handbook'\n");
    let memory = Settings::new("database = 'postgres://127.0.0.1:1/handbook'\nstore = 'memory'\n");
    for (settings, args) in [(&settings, &["--store", "memory"][..]), (&memory, &[])] {
        let error = settings.rapport("serve", args, &[]).unwrap_err();
        assert!(error.contains("a database is named, and"), "{error}");
    }
}

#[test]
fn other_commands_find_the_data_by_the_same_file() {
    let settings = Settings::new("");
    let data = settings.folder.path().join("data").display().to_string();
    std::fs::write(settings.file(), format!("data = '{data}'\nconnections = 5\n")).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_rapport"))
        .arg("stats")
        .env("RAPPORT_CONFIG", settings.file())
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains(&format!("{data} holds no relay's data")), "{said}");
}
