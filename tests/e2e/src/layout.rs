//! Whether a page can be read and hit: nothing scrolls sideways, targets are large enough and lie on nothing else.
//!
//! Measured on what the browser drew, not on style sheets, by WCAG 2.2's measure of 24 by 24 pixels with its exceptions: a
//! link in a line of text, and a link with room around it. A button has no excuse.

use crate::Outcome;
use crate::browser::Browser;

const MEASURE: &str = r#"
const faults = [];
const tell = (element) => element.outerHTML.replace(/\s+/g, ' ').slice(0, 160);
const root = document.scrollingElement;
const width = document.documentElement.clientWidth;

// An element inside a scrolling or clipping block may be as wide as it likes.
const isContained = (element) => {
    for (let one = element.parentElement; one && one !== document.body; one = one.parentElement) {
        if (getComputedStyle(one).overflowX !== 'visible') return true;
    }
    return false;
};
const isDrawn = (element) => element.checkVisibility({opacityProperty: true, visibilityProperty: true});

if (root.scrollWidth > width) {
    faults.push(`the page scrolls sideways: ${root.scrollWidth} px of content in ${width} px`);
    const wide = [...document.body.querySelectorAll('*')].filter((element) =>
        isDrawn(element) && !isContained(element) && element.getBoundingClientRect().right > width + 0.5);
    for (const element of wide.slice(0, 5)) faults.push(`  too wide: ${tell(element)}`);
}

const pressable = 'a[href], button, input, select, textarea, summary, [role=button], [role=tab], [role=menuitem], [role=switch]';
const isReachable = (element) => {
    const box = element.getBoundingClientRect();
    // Skip links and the like wait outside the window, or as one pixel, until they get the focus.
    return isDrawn(element) && !element.disabled && box.width > 1 && box.height > 1
        && box.right > 0 && box.bottom + scrollY > 0 && getComputedStyle(element).clipPath === 'none';
};
// A link in a line of text cannot be higher than the line.
const isInSentence = (element) => {
    if (element.tagName !== 'A' || getComputedStyle(element).display !== 'inline') return false;
    let block = element.parentElement;
    while (block && getComputedStyle(block).display.startsWith('inline')) block = block.parentElement;
    return block !== null && block.textContent.trim().length > element.textContent.trim().length;
};
// What counts is where a finger may land: a label passes its press on.
const boxOf = (element) => {
    const own = element.getBoundingClientRect();
    const isTick = element.matches('input[type=checkbox], input[type=radio]');
    const label = isTick && element.labels && element.labels[0];
    if (!label) return own;
    const other = label.getBoundingClientRect();
    const left = Math.min(own.left, other.left), top = Math.min(own.top, other.top);
    return new DOMRect(left, top, Math.max(own.right, other.right) - left, Math.max(own.bottom, other.bottom) - top);
};
const targets = [...document.querySelectorAll(pressable)].filter(isReachable);
const centre = (box) => ({x: box.left + box.width / 2, y: box.top + box.height / 2});
const isSmall = (box) => box.width < 23.95 || box.height < 23.95;
// A low link with room around it is as easy to hit: no other target within 12 pixels of its middle.
const hasRoom = (target, box) => {
    const {x, y} = centre(box);
    return targets.every((other) => {
        if (other === target || other.contains(target) || target.contains(other)) return true;
        const rest = boxOf(other);
        const dx = Math.max(rest.left - x, 0, x - rest.right), dy = Math.max(rest.top - y, 0, y - rest.bottom);
        if (Math.hypot(dx, dy) < 12) return false;
        const its = centre(rest);
        return !isSmall(rest) || Math.hypot(its.x - x, its.y - y) >= 24;
    });
};
for (const target of targets) {
    const box = boxOf(target);
    if (!isSmall(box) || isInSentence(target)) continue;
    const isButton = target.matches('button, [role=button], summary');
    if (isButton || !hasRoom(target, box)) {
        faults.push(`smaller than 24 px (${box.width.toFixed(1)} x ${box.height.toFixed(1)}): ${tell(target)}`);
    }
}

// Two targets on top of each other: somebody will hit the wrong one. A panel over the page is meant to cover it.
const isAbove = (element) => element.closest('dialog, [popover], [role=dialog], [role=menu]') !== null;
const flat = targets.filter((target) => !isAbove(target) && !isInSentence(target));
for (const [index, one] of flat.entries()) {
    const box = one.getBoundingClientRect();
    for (const other of flat.slice(index + 1)) {
        if (one.contains(other) || other.contains(one)) continue;
        if (one.labels && [...one.labels].some((label) => label.contains(other))) continue;
        const rest = other.getBoundingClientRect();
        const across = Math.min(box.right, rest.right) - Math.max(box.left, rest.left);
        const down = Math.min(box.bottom, rest.bottom) - Math.max(box.top, rest.top);
        if (across > 1 && down > 1 && !isContained(one) && !isContained(other)) {
            faults.push(`on top of each other: ${tell(one)} and ${tell(other)}`);
        }
    }
}

const header = document.querySelector('header');
const main = document.querySelector('main');
if (header && main && scrollY === 0) {
    const end = header.getBoundingClientRect().bottom, start = main.getBoundingClientRect().top;
    if (end > start + 1) faults.push(`the header (to ${end} px) covers main (from ${start} px)`);
}
return faults;
"#;

/// Everything about the layout, as it is now, that somebody would stumble over.
pub async fn faults(browser: &Browser) -> Outcome<Vec<String>> {
    let found = browser.script(MEASURE, Vec::new()).await?;
    let faults = found.as_array().ok_or("the layout cannot be measured")?;
    Ok(faults
        .iter()
        .filter_map(|fault| fault.as_str().map(str::to_owned))
        .collect())
}
