import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
  createAll,
} from "govuk-frontend";
import { submitsItself } from "./parts/autosubmit.js";
import { leavesQuickly } from "./parts/exit.js";
import { tellsOfPasskeys } from "./parts/passkey.js";
import { countsInWelsh } from "./parts/welsh.js";

createAll(Button, { preventDoubleClick: true });
createAll(CharacterCount, document.documentElement.lang === "cy" ? { i18n: countsInWelsh } : {});
for (const component of [Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios, ServiceNavigation, SkipLink]) {
  createAll(component);
}
submitsItself(document);
leavesQuickly(document);
tellsOfPasskeys(document);
