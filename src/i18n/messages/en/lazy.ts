/** The namespaces that load with their page or dialog. Gathered here for the types and for tests; the console loads each file alone. */
import access from './lazy/access.json'
import activity from './lazy/activity.json'
import bulk from './lazy/bulk.json'
import create from './lazy/create.json'
import defaultkey from './lazy/defaultkey.json'
import details from './lazy/details.json'
import editor from './lazy/editor.json'
import identity from './lazy/identity.json'
import instances from './lazy/instances.json'
import labels from './lazy/labels.json'
import life from './lazy/life.json'
import manager from './lazy/manager.json'
import policy from './lazy/policy.json'
import policyeditor from './lazy/policyeditor.json'
import requests from './lazy/requests.json'
import rotation from './lazy/rotation.json'
import scenario from './lazy/scenario.json'
import shortcuts from './lazy/shortcuts.json'
import signin from './lazy/signin.json'
import tryit from './lazy/tryit.json'

export const lazyMessages = {
  access,
  activity,
  bulk,
  create,
  defaultkey,
  details,
  editor,
  identity,
  instances,
  labels,
  life,
  manager,
  policy,
  policyeditor,
  requests,
  rotation,
  scenario,
  shortcuts,
  signin,
  tryit,
}
