/** A button that copies a sentence with its source and the address at which it stands. */

const SAID_MS = 4000;

export default function draw(component) {
  const { data, parentElement } = component;
  let button = parentElement.querySelector(".mi-copy");
  if (!button) {
    button = parentElement.appendChild(document.createElement("button"));
    button.className = "mi-copy";
    button.type = "button";
    const said = parentElement.appendChild(document.createElement("span"));
    said.className = "mi-copied";
    said.setAttribute("role", "status");
  }
  button.textContent = data.label;
  button.onclick = async () => {
    const text = `${data.text} ${window.location.href}`;
    const copied = await copy(text);
    const said = button.nextElementSibling;
    parentElement.querySelector("textarea")?.remove();
    said.textContent = copied ? "Copied" : "Your browser does not let this page copy; please copy this yourself:";
    if (copied) setTimeout(() => (said.textContent = ""), SAID_MS);
    else parentElement.appendChild(shown(text)).select();
  };
}

function shown(text) {
  const field = Object.assign(document.createElement("textarea"), { readOnly: true, rows: 5, value: text });
  field.setAttribute("aria-label", "Sentence with its source");
  return field;
}

/**
 * Copy a text.
 * @param {string} text
 * @returns {Promise<boolean>} Whether the browser let the page do so.
 */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text); // without a secure connection a browser has no clipboard
  }
}

function copySelected(text) {
  const field = document.body.appendChild(document.createElement("textarea"));
  const before = document.activeElement;
  field.value = text;
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  before?.focus();
  return copied;
}
