//! One element with what stands in it: sorted into what is fixed and what is filled in.

use proc_macro2::{Ident, Span, TokenStream as Tokens};
use quote::{ToTokens, format_ident, quote};
use rstml::Infallible;
use rstml::node::{KeyedAttribute, Node, NodeAttribute, NodeElement};
use syn::{Expr, ExprLit, Lit};

use crate::fixed::{Child, Element, Html};
use crate::steps::steps;
use crate::{is_component, one};

/// The code that makes the template of an element.
pub fn template(element: &NodeElement<Infallible>) -> syn::Result<Tokens> {
    let template = Ident::new("template", Span::mixed_site());
    let mut fills = Vec::new();
    let fixed = sort(element, &template, &mut fills)?;
    let html = Html::of(&fixed).0;
    let steps = steps(&fixed);
    Ok(quote! {{
        #[allow(unused_mut)]
        let mut #template = crate::template::Template::new(#html, #steps);
        #(#fills)*
        #template
    }})
}

/// The fixed part of an element; `fills` gets a statement for each place that is filled in, in the order of the steps.
fn sort(
    element: &NodeElement<Infallible>,
    template: &Ident,
    fills: &mut Vec<Tokens>,
) -> syn::Result<Element> {
    let name = element.open_tag.name.to_string();
    let mut fixed = Element::new(&name);
    for attribute in &element.open_tag.attributes {
        match attribute {
            NodeAttribute::Attribute(attribute) => {
                sort_attribute(attribute, &name, template, &mut fixed, fills)?;
            }
            NodeAttribute::Block(block) => {
                return Err(syn::Error::new_spanned(
                    block,
                    "write out the attribute's name",
                ));
            }
        }
    }
    for node in &element.children {
        sort_child(node, template, &mut fixed, fills)?;
    }
    Ok(fixed)
}

fn sort_child(
    node: &Node,
    template: &Ident,
    parent: &mut Element,
    fills: &mut Vec<Tokens>,
) -> syn::Result<()> {
    match node {
        Node::Comment(_) => {}
        Node::Text(text) => parent.push_text(&text.value.value()),
        Node::RawText(text) => parent.push_text(&text.to_string_best()),
        Node::Fragment(fragment) => {
            for node in &fragment.children {
                sort_child(node, template, parent, fills)?;
            }
        }
        Node::Element(element) if !is_component(element) => {
            let element = sort(element, template, fills)?;
            parent.children.push(Child::Element(element));
        }
        filled => {
            let view = one(filled)?;
            fills.push(quote! { #template.view(#view); });
            parent.children.push(Child::Filled);
        }
    }
    Ok(())
}

fn sort_attribute(
    attribute: &KeyedAttribute,
    tag: &str,
    template: &Ident,
    element: &mut Element,
    fills: &mut Vec<Tokens>,
) -> syn::Result<()> {
    let key = attribute.key.to_string();
    let Some(value) = attribute.value() else {
        element.attributes.push((key, String::new()));
        return Ok(());
    };
    let (step, fill) = match key.split_once(':') {
        Some(("on", event)) => match event.strip_suffix(":target") {
            Some(event) => {
                let (name, element) = (format_ident!("{event}"), element_type(tag));
                let listen =
                    quote! { #template.listen_on::<#element, _, _>(::leptos::ev::#name, #value); };
                (format!("e{event};"), listen)
            }
            None => {
                let name = format_ident!("{event}");
                let listen = quote! { #template.listen(::leptos::ev::#name, #value); };
                (format!("e{event};"), listen)
            }
        },
        Some(("prop", name)) => (format!("p{name};"), quote! { #template.value(#value); }),
        Some(("class", name)) => (format!("c{name};"), quote! { #template.value(#value); }),
        None if key == "node_ref" => {
            let element = element_type(tag);
            let hand_over = quote! { #template.hand_over::<#element>(#value); };
            (String::from("r"), hand_over)
        }
        None => match fixed_value(value) {
            Some(Some(value)) => {
                element.attributes.push((key, value));
                return Ok(());
            }
            Some(None) => return Ok(()),
            None => (format!("a{key};"), quote! { #template.value(#value); }),
        },
        Some(_) => {
            return Err(syn::Error::new_spanned(
                attribute.key.to_token_stream(),
                "of what is written with a colon, only on:, prop: and class: are known",
            ));
        }
    };
    element.filled.push_str(&step);
    fills.push(fill);
    Ok(())
}

/// What a literal writes into the attribute; `Some(None)` when it leaves the attribute out.
fn fixed_value(value: &Expr) -> Option<Option<String>> {
    let Expr::Lit(ExprLit { lit, .. }) = value else {
        return None;
    };
    match lit {
        Lit::Str(text) => Some(Some(text.value())),
        Lit::Int(number) => Some(Some(number.base10_digits().to_owned())),
        Lit::Bool(flag) => Some(flag.value.then(String::new)),
        _ => None,
    }
}

/// leptos's type of an element: that of `p` is `P`.
fn element_type(tag: &str) -> Tokens {
    let (first, rest) = tag.split_at(1);
    let name = format_ident!("{}{rest}", first.to_ascii_uppercase());
    quote! { ::leptos::html::#name }
}
