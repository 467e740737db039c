package people

import "luotsi/server/journal"

// What can happen to people and units. Times that are not here are the commit's; texts about people are never here.

// OrganisationFounded starts an organisation: the controller of its units' data. The first one runs this Luotsi.
type OrganisationFounded struct {
	Org  string `bson:"org"`
	Name string `bson:"name"`
}

// OrganisationRenamed gives an organisation another name.
type OrganisationRenamed struct {
	Org  string `bson:"org"`
	Name string `bson:"name"`
}

// UnitAdded starts a unit of an organisation.
type UnitAdded struct {
	Unit string `bson:"unit"`
	Name string `bson:"name"`
	Kind string `bson:"kind"`
	Org  string `bson:"org"`
}

// UnitChanged gives a unit another name or kind.
type UnitChanged struct {
	Unit string `bson:"unit"`
	Name string `bson:"name"`
	Kind string `bson:"kind"`
}

// SharingOpened lets another organisation see a unit for one purpose.
type SharingOpened struct {
	Sharing string `bson:"sharing"`
	Unit    string `bson:"unit"`
	Org     string `bson:"org"`
	Purpose string `bson:"purpose"`
}

// SharingClosed ends it.
type SharingClosed struct {
	Sharing string `bson:"sharing"`
}

// PersonInvited makes a person known; they come in with the link of the invitation.
type PersonInvited struct {
	Person     string   `bson:"person"`
	Org        string   `bson:"org"`
	Language   string   `bson:"language"`
	Grants     []Placed `bson:"grants"`
	Invitation string   `bson:"invitation"`
	Expires    int64    `bson:"expires"` // unix ms
}

// InvitationRenewed replaces a person's invitation; the old link stops.
type InvitationRenewed struct {
	Person     string `bson:"person"`
	Invitation string `bson:"invitation"`
	Expires    int64  `bson:"expires"`
}

// InvitationWithdrawn ends a person's invitation before it was accepted; its link stops. A new one can be sent.
type InvitationWithdrawn struct {
	Person string `bson:"person"`
}

// InvitationAccepted makes an invited person active, with a password of their own.
type InvitationAccepted struct {
	Person     string `bson:"person"`
	Credential string `bson:"credential"`
	Language   string `bson:"language"`
}

// PersonAdded makes a person known and active without an invitation.
type PersonAdded struct {
	Person     string   `bson:"person"`
	Org        string   `bson:"org"`
	Language   string   `bson:"language"`
	Grants     []Placed `bson:"grants"`
	Credential string   `bson:"credential"`
}

// GrantsChanged replaces all the roles a person has.
type GrantsChanged struct {
	Person string   `bson:"person"`
	Grants []Placed `bson:"grants"`
}

// PersonDeactivated keeps a person out from this moment.
type PersonDeactivated struct {
	Person string `bson:"person"`
}

// PersonReactivated lets them in again; sessions of before stay ended.
type PersonReactivated struct {
	Person string `bson:"person"`
}

// PersonErased drops the link between a person's id and everything that names them.
type PersonErased struct {
	Person string `bson:"person"`
}

// NameChanged says that a person's name or address was written anew.
type NameChanged struct {
	Person string `bson:"person"`
}

// LanguageChosen says in which language a person reads.
type LanguageChosen struct {
	Person   string `bson:"person"`
	Language string `bson:"language"`
}

// ResetAsked says that a person forgot the password: a link goes out by mail, and one of before stops.
type ResetAsked struct {
	Person  string `bson:"person"`
	Reset   string `bson:"reset"`
	Expires int64  `bson:"expires"`
}

// PasswordSet gives a person another password. Reset says that it was with a link; the link is used then.
type PasswordSet struct {
	Person     string `bson:"person"`
	Credential string `bson:"credential"`
	Reset      bool   `bson:"reset,omitempty"`
}

// SessionsEnded ends every session of a person that began before, but Except.
type SessionsEnded struct {
	Person string `bson:"person"`
	Except string `bson:"except,omitempty"`
	// Asked says that the person asked for just that, so that they are told by mail; else it came with something bigger.
	Asked bool `bson:"asked,omitempty"`
}

// SessionEnded ends one session: its person signed out.
type SessionEnded struct {
	Person  string `bson:"person"`
	Session string `bson:"session"`
}

// Seen says who used Luotsi since the last such commit of the same server.
type Seen struct {
	Persons []string `bson:"persons"`
}

// FeedbackGiven says that somebody wrote; what they wrote is in the vault under the same id.
type FeedbackGiven struct {
	Feedback string `bson:"feedback"`
	Person   string `bson:"person,omitempty"` // empty when nobody was signed in
	Org      string `bson:"org"`              // whose admins answer
	Due      string `bson:"due"`              // a Finnish day: 2026-03-16
}

// FeedbackAnswered says that it was answered; the answer is in the vault under the answer's id.
type FeedbackAnswered struct {
	Feedback string `bson:"feedback"`
	Answer   string `bson:"answer"`
}

// Placed is a role in a unit, as it is stored.
type Placed struct {
	Role string `bson:"role"`
	Unit string `bson:"unit"`
}

// Events lists the types with their stored names.
func Events() []journal.Type {
	return []journal.Type{
		journal.Define[OrganisationFounded]("people.organisation_founded"),
		journal.Define[OrganisationRenamed]("people.organisation_renamed"),
		journal.Define[UnitAdded]("people.unit_added"),
		journal.Define[UnitChanged]("people.unit_changed"),
		journal.Define[SharingOpened]("people.sharing_opened"),
		journal.Define[SharingClosed]("people.sharing_closed"),
		journal.Define[PersonInvited]("people.person_invited"),
		journal.Define[InvitationRenewed]("people.invitation_renewed"),
		journal.Define[InvitationWithdrawn]("people.invitation_withdrawn"),
		journal.Define[InvitationAccepted]("people.invitation_accepted"),
		journal.Define[PersonAdded]("people.person_added"),
		journal.Define[GrantsChanged]("people.grants_changed"),
		journal.Define[PersonDeactivated]("people.person_deactivated"),
		journal.Define[PersonReactivated]("people.person_reactivated"),
		journal.Define[PersonErased]("people.person_erased"),
		journal.Define[NameChanged]("people.name_changed"),
		journal.Define[LanguageChosen]("people.language_chosen"),
		journal.Define[ResetAsked]("people.reset_asked"),
		journal.Define[PasswordSet]("people.password_set"),
		journal.Define[SessionsEnded]("people.sessions_ended"),
		journal.Define[SessionEnded]("people.session_ended"),
		journal.Define[Seen]("people.seen"),
		journal.Define[FeedbackGiven]("people.feedback_given"),
		journal.Define[FeedbackAnswered]("people.feedback_answered"),
	}
}
