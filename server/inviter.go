package main

import (
	"context"

	"luotsi/server/auth"
	"luotsi/server/people"
)

// inviter lets courses invite trainees without knowing how people are let in.
type inviter struct{ people *people.Service }

func (i inviter) Find(ctx context.Context, email string) (string, error) {
	return i.people.Find(ctx, email)
}

func (i inviter) Again(ctx context.Context, caller auth.Caller, person, language string) error {
	return i.people.InviteAgain(ctx, caller, person, language)
}

func (i inviter) Invite(ctx context.Context, caller auth.Caller, name, email, language, unit string) (string, error) {
	a, err := i.people.Invite(ctx, caller, people.Name{Name: name, Email: email, Language: language}, []people.Placed{{Role: string(auth.Trainee), Unit: unit}})
	return a.ID, err
}
