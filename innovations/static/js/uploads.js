/* Files: photos shrink before they leave the phone (input[data-shrink]), and every upload shows how far it is (form[data-upload]). */
import { csrfToken, element, locale, messages, showAnswer, whenShown } from "./page.js";

const LONGEST_SIDE_PX = 2000;
const JPEG_QUALITY = 0.85;
const shrinking = new WeakMap();   // input → promise that its photos are ready

const size = (bytes) => bytes < 1e6 ? `${Math.ceil(bytes / 1000)} KB` : `${(bytes / 1e6).toLocaleString(locale, { maximumFractionDigits: 1 })} MB`;

async function shrink(file) {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type)) return file;
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST_SIDE_PX / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";            // a see-through picture would turn black as JPEG
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", JPEG_QUALITY));
  if (!blob || blob.size >= file.size) return file;
  return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
}

function listFiles(input, before, after) {
  const list = element("ul", "", "files");
  after.forEach((file, at) => {
    const item = element("li");
    const text = element("span", file.name);
    const smaller = file.size < before[at].size ? `${size(before[at].size)}, ${messages.shrunk} ${size(file.size)}` : size(file.size);
    text.append(element("small", smaller));
    item.append(element("span"), text);
    list.append(item);
  });
  input.parentElement.querySelector(".files")?.remove();
  if (after.length) input.after(list);
}

async function prepare(input) {
  const before = [...input.files];
  // A picture the browser cannot read goes as it is: the server decides and says why.
  const after = await Promise.all(before.map((file) => "shrink" in input.dataset ? shrink(file).catch(() => file) : file));
  const basket = new DataTransfer();
  after.forEach((file) => basket.items.add(file));
  input.files = basket.files;
  listFiles(input, before, after);
}

function progressOf(form) {
  const box = form.querySelector(".upload") ?? form.appendChild(element("div", "", "upload"));
  box.replaceChildren(element("p", messages.uploading), element("progress"));
  const [text, bar] = box.children;
  text.setAttribute("role", "status");
  bar.setAttribute("aria-label", messages.uploading);
  bar.max = 100;
  return { box, show(percent) { bar.value = percent; text.textContent = `${messages.uploading}, ${percent}%`; } };
}

function send(form, submitter) {
  const progress = progressOf(form);
  const body = new FormData(form);
  if (submitter?.name) body.append(submitter.name, submitter.value);
  const request = new XMLHttpRequest();
  request.upload.onprogress = (event) => { if (event.lengthComputable) progress.show(Math.floor(100 * event.loaded / event.total)); };
  request.onload = () => showAnswer(request.responseText, request.responseURL);
  request.onerror = () => {
    progress.box.replaceChildren(element("p", messages.uploadFailed, "field__error"));
    form.dispatchEvent(new CustomEvent("form:answered", { bubbles: true }));
  };
  request.open("POST", form.action);
  request.setRequestHeader("X-CSRFToken", csrfToken());
  request.send(body);
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!("upload" in form.dataset) || event.defaultPrevented) return;
  event.preventDefault();
  await Promise.all([...form.querySelectorAll("input[type=file]")].map((input) => shrinking.get(input)));
  send(form, event.submitter);
});

whenShown("form[data-upload] input[type=file], input[data-shrink]", (input) => {
  input.addEventListener("change", () => shrinking.set(input, prepare(input)));
});
