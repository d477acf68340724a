//! The form of a report, and the mail that comes of it.
//!
//! What is missing is said once the button was pressed, and goes as it is filled in. The mail is shown before it is opened
//! in the writer's own program; it follows what is changed in the form, and goes when something is missing again.

use leptos::prelude::*;

use crate::browser::{document, timer};
use crate::domain::report::{About, Gap, Mail, Reason, Report};
use crate::reactive::{Memo, RwSignal};
use crate::route::Route;
use crate::state::title::provide_title;
use crate::template::view;

/// What is in sight of a report.
#[derive(Clone, Copy)]
struct Form {
    report: RwSignal<Report>,
    gaps: Memo<Vec<Gap>>,
}

/// Shows the form.
#[component]
pub fn ReportForm(report: Report) -> impl IntoView {
    let about = report.about;
    let report = RwSignal::new(report);
    let pressed = RwSignal::new(false);
    let gaps = Memo::new(move |_| {
        if pressed.get() {
            report.with(Report::gaps)
        } else {
            Vec::new()
        }
    });
    let mail = Memo::new(move |_| {
        if pressed.get() {
            report.with(Report::mail)
        } else {
            None
        }
    });
    let form = Form { report, gaps };
    let heading = match about {
        About::Crate => "Report a crate",
        About::Account => "Report impersonation",
    };
    provide_title(move || {
        if gaps.with(Vec::is_empty) {
            heading.to_owned()
        } else {
            format!("Error: {heading}")
        }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        pressed.set(true);
        let target = match gaps.with_untracked(|gaps| gaps.first().copied()) {
            None => "#report-mail",
            Some(Gap::Name) => "#report-name",
            Some(Gap::Whom) => "#report-whom",
            Some(Gap::Reasons) => "#report-reasons input",
            Some(Gap::Details) => "#report-details",
        };
        timer::next_frame(move || {
            document::focus(target);
        });
    };
    let fields = match about {
        About::Crate => view! { {name_field(form, about)} {reasons(form)} }.into_any(),
        About::Account => view! { {name_field(form, about)} {whom_field(form)} }.into_any(),
    };
    view! {
        <div class="text-page">
            <h1 tabindex="-1">{heading}</h1>
            <p>
                "This puts a mail together, which you look at and send yourself. Nothing that you enter here is sent by this site, or kept. "
                <a href=Route::Policies.path()>"What is allowed and what is not"</a>
            </p>
            {(about == About::Account).then(no_impersonation)}
            <form novalidate on:submit=submit>
                {fields}
                {details_field(form, about)}
                <p><button type="submit" class="button button--primary">"Put the mail together"</button></p>
            </form>
            <div role="status">{move || mail.with(Option::is_some).then_some("The mail is ready. It is not sent yet.")}</div>
            {move || mail.get().map(ready)}
        </div>
    }
}

/// What looks like impersonation and is none.
fn no_impersonation() -> AnyView {
    view! {
        <p>
            "That somebody has another username here than on GitHub is allowed, and says nothing by itself. "
            <a href=Route::DocsUsernames.path()>"How usernames work"</a>
        </p>
    }
    .into_any()
}

/// The mail, to be opened or copied.
fn ready(mail: Mail) -> AnyView {
    let link = mail.link();
    view! {
        <section class="report-mail">
            <h2 id="report-mail" tabindex="-1">"Your mail"</h2>
            <p><a class="button button--primary" href=link>"Open it in your e-mail program"</a></p>
            <p>"Or copy it to where you write your mails:"</p>
            <dl>
                <dt>"To"</dt>
                <dd>{mail.to.join(", ")}</dd>
                <dt>"Subject"</dt>
                <dd>{mail.subject}</dd>
                <dt>"Text"</dt>
                <dd class="report-mail__text">{mail.body}</dd>
            </dl>
        </section>
    }
    .into_any()
}

/// What a field of one line says.
struct Line {
    gap: Gap,
    id: &'static str,
    label: &'static str,
    hint: &'static str,
    problem: &'static str,
}

fn name_field(form: Form, about: About) -> AnyView {
    let Form { report, .. } = form;
    let (label, hint, problem) = match about {
        About::Crate => (
            "Name of the crate",
            "As it stands on its page.",
            "Name the crate.",
        ),
        About::Account => (
            "Username of the account",
            "As it stands on its page here, letter by letter.",
            "Name the account.",
        ),
    };
    let typed = Callback::new(move |text| report.update(|report| report.name = text));
    let line = Line {
        gap: Gap::Name,
        id: "report-name",
        label,
        hint,
        problem,
    };
    line_field(
        form,
        line,
        report.with_untracked(|report| report.name.clone()),
        typed,
    )
}

fn whom_field(form: Form) -> AnyView {
    let Form { report, .. } = form;
    let typed = Callback::new(move |text| report.update(|report| report.whom = text));
    let line = Line {
        gap: Gap::Whom,
        id: "report-whom",
        label: "Whom it pretends to be",
        hint: "A person, a project or an organisation: a username here or on GitHub, or a name.",
        problem: "Say whom the account pretends to be.",
    };
    line_field(form, line, String::new(), typed)
}

fn line_field(form: Form, line: Line, text: String, typed: Callback<String>) -> AnyView {
    let Line {
        gap,
        id,
        label,
        hint,
        problem,
    } = line;
    let missing = move || form.gaps.with(|gaps| gaps.contains(&gap));
    view! {
        <div class="field">
            <label class="field__label" for=id>{label}</label>
            <input
                id=id
                class="field__input"
                type="text"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                dir="auto"
                aria-required="true"
                aria-describedby=format!("{id}-hint {id}-problem")
                aria-invalid=move || missing().then_some("true")
                prop:value=text
                on:input:target=move |event| typed.run(event.target().value())
            />
            <p id=format!("{id}-hint") class="field__hint">{hint}</p>
            <p id=format!("{id}-problem") class="field__problem">{move || missing().then_some(problem)}</p>
        </div>
    }
    .into_any()
}

fn reasons(form: Form) -> AnyView {
    let missing = move || form.gaps.with(|gaps| gaps.contains(&Gap::Reasons));
    let boxes = Reason::ALL
        .into_iter()
        .map(|reason| {
            let change = move |on: bool| {
                form.report.update(|report| {
                    report.reasons.retain(|one| *one != reason);
                    if on {
                        report.reasons.push(reason);
                    }
                });
            };
            view! {
                <li>
                    <label class="tick">
                        <input type="checkbox" on:input:target=move |event| change(event.target().checked()) />
                        <span>{reason.text()}</span>
                    </label>
                </li>
            }
            .into_any()
        })
        .collect_view();
    view! {
        <fieldset id="report-reasons" class="field" aria-describedby="report-reasons-problem">
            <legend class="field__label">"What is wrong with it"</legend>
            <ul class="plain-list">{boxes}</ul>
            <p id="report-reasons-problem" class="field__problem">{move || missing().then_some("Tick at least one.")}</p>
        </fieldset>
    }
    .into_any()
}

fn details_field(form: Form, about: About) -> AnyView {
    let Form { report, gaps } = form;
    let missing = move || gaps.with(|gaps| gaps.contains(&Gap::Details));
    let (hint, problem) = match about {
        About::Crate => (
            "Where it can be seen, such as a version and a file. Needed if none of the reasons above says it.",
            "Say how it breaks the rules.",
        ),
        About::Account => (
            "What makes it look like somebody else, and where you have seen that.",
            "Say what you have seen.",
        ),
    };
    view! {
        <div class="field">
            <label class="field__label" for="report-details">"What you have seen"</label>
            <textarea
                id="report-details"
                class="field__input"
                rows="6"
                dir="auto"
                aria-required=(about == About::Account).then_some("true")
                aria-describedby="report-details-hint report-details-problem"
                aria-invalid=move || missing().then_some("true")
                on:input:target=move |event| report.update(|report| report.details = event.target().value())
            ></textarea>
            <p id="report-details-hint" class="field__hint">{hint}</p>
            <p id="report-details-problem" class="field__problem">{move || missing().then_some(problem)}</p>
        </div>
    }
    .into_any()
}
