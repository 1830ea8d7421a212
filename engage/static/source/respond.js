// Three comforts; every page works without them. Nothing typed is sent or kept by this file.
const details = document.querySelector("[data-details-message]");

// A word beside the box that stops nobody: an e-mail address or ten digits may say who somebody is.
const warn = (area) => {
  if (!details) return;
  const found = /\S@[^\s@]+\.\S|(\p{Nd}[ .-]?){10}/u.test(area.value);
  if (found) area.after(details);
  if (found || area.nextElementSibling === details) details.hidden = !found;
};

for (const area of document.querySelectorAll("textarea[data-maxlength]")) {
  const limit = Number(area.dataset.maxlength);
  const count = document.getElementById(area.dataset.count);
  if (!count) continue;
  const tell = () => {
    warn(area);
    // Code points, as the server counts them: an emoji is one.
    const left = limit - [...area.value].length;
    const text = left < 0 ? count.dataset.over : count.dataset.left;
    count.textContent = text.replace("{n}", Math.abs(left));
    count.hidden = left > limit / 4;
  };
  area.addEventListener("input", tell);
  tell();
}

// Without a connection a browser would replace the page, and the comment on it, with an error of its own.
document.addEventListener("submit", (event) => {
  const message = document.querySelector("[data-offline-message]");
  if (!message) return;
  message.hidden = navigator.onLine !== false;
  if (!message.hidden) {
    event.preventDefault();
    message.focus();
  }
});
