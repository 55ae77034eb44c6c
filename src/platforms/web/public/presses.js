/** Ways to messages: what a press brings is at the end, what a link names may be far up or gone from the page. */
const SAID_MS = 1600;

export function setUpPresses() {
  document.addEventListener('htmx:after:request', ({ target, detail }) => {
    // What has left the page meanwhile tells the document.
    const isDone = target.matches?.('form[data-press]') && detail.ctx.response?.status === 204;
    if (isDone) document.querySelector('main').scrollTop = 0;
  });
  document.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const way = event.target.closest('a[data-message]');
    if (way) goTo(event, way);
    const link = event.target.closest('a[data-link]');
    if (link) void copyLink(event, link);
  });
  addEventListener('hashchange', findElsewhere);
  findElsewhere();
}

/** Where the message is on this page, what is half typed need not go. */
function goTo(event, way) {
  const id = `message-${way.pathname.split('/').at(-1)}`;
  if (!document.getElementById(id)) return;
  event.preventDefault();
  if (location.hash === `#${id}`) history.replaceState(null, '', '/');
  location.hash = id;
}

async function copyLink(event, link) {
  event.preventDefault();
  try {
    await navigator.clipboard.writeText(link.href);
    say(link, 'Link copied');
  } catch {
    // Without a clipboard it stands in the address bar.
    location.hash = link.hash;
  }
}

function say(link, words) {
  link.dataset.link = 'done';
  document.querySelector('#announcer')?.replaceChildren(words);
  setTimeout(() => (link.dataset.link = ''), SAID_MS);
}

/** A link to a message that the page no longer shows: the server has it. */
function findElsewhere() {
  const [, id] = /^#message-([\w-]+)$/u.exec(location.hash) ?? [];
  if (id && !document.getElementById(`message-${id}`)) location.replace(`/web/messages/${id}`);
}
