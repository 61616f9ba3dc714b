// Running a query: the server draws the answer, and this puts it into the page.

const LONGEST_ADDRESS = 6000;

/** Fetches the page of a query and puts its answer in place; returns where the error is, if any. */
export class Runner {
  constructor(form, texts) {
    this.form = form;
    this.texts = texts;
    this.status = form.querySelector("[data-status]");
    this.aborter = null;
  }

  async run(query) {
    this.aborter?.abort();
    this.aborter = new AbortController();
    const { signal } = this.aborter;
    this.status.textContent = this.texts.running;
    try {
      const response = await this.ask(query, signal);
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const answer = page.getElementById("answer");
      if (!answer) throw new Error("no answer in the page");
      document.getElementById("answer").replaceWith(document.adoptNode(answer));
      this.status.textContent = "";
      return placeOf(answer);
    } catch (error) {
      if (error.name === "AbortError") return null;
      this.status.textContent = this.texts.failed;
      return null;
    }
  }

  ask(query, signal) {
    const fields = new URLSearchParams(new FormData(this.form));
    fields.set("query", query);
    const headers = { Accept: "text/html" };
    const path = new URL(this.form.action).pathname;
    const address = `${path}?${fields}`;
    if (address.length > LONGEST_ADDRESS) {
      return fetch(path, { method: "POST", body: fields, headers, signal });
    }
    history.pushState(null, "", address);
    return fetch(address, { headers, signal });
  }
}

/** Returns where the error is that an answer tells, how long, and what it says. */
export function placeOf(answer) {
  const problem = answer.querySelector("[data-line]");
  if (!problem) return null;
  return {
    line: Number(problem.dataset.line),
    column: Number(problem.dataset.column),
    length: Number(problem.dataset.length),
    message: problem.textContent.replace(/\s+/g, " ").trim(),
  };
}
